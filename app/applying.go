package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/wear"
)

// ApplyProtocol makes a protocol that of the open library: its rule of the valid day
// holds, non-wear is looked for by its algorithm, and every measure is computed as it
// says. Nothing is changed before all is looked for, and then everything at once, so that
// an error or a cancel leaves the library as it was. PlanProtocol says beforehand what
// changes. The report is of the non-wear, empty where the protocol looks for none.
func (wb *Workbench) ApplyProtocol(ctx context.Context, f protocol.File, by By, progress Progress) (DetectReport, error) {
	report := DetectReport{Found: []Detected{}}
	lib, err := wb.Library()
	if err != nil {
		return report, err
	}
	if reason := lib.ReadOnly(); reason != "" {
		return report, fmt.Errorf("a protocol is kept in the library, which is open for reading only: %s", reason)
	}
	again, err := protocol.Parse("the protocol", f.Text)
	if err != nil {
		return report, err
	}
	if again.SHA256 != f.SHA256 {
		return report, errors.New("the protocol was changed since it was read; read it again")
	}
	wb.applying.Lock()
	defer wb.applying.Unlock()
	err = wb.jobs.Do(ctx, "Apply the protocol "+f.Name, func(ctx context.Context, job Progress) (string, error) {
		infos, err := lib.Recordings(ctx)
		if err != nil {
			return "", err
		}
		a := application{wb: wb, lib: lib, protocol: f, rule: f.ValidDay, by: wb.authorOf(by, f)}
		report, err = a.to(ctx, infos, both(job, progress))
		return a.summary(report), err
	})
	if err == nil {
		wb.studyChanged()
	}
	return report, err
}

// RemoveProtocol makes the open library one without a protocol. Its rule of the valid day
// and its masks stay; measures are those of the defaults again.
func (wb *Workbench) RemoveProtocol(ctx context.Context) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	wb.applying.Lock()
	defer wb.applying.Unlock()
	rule, err := validDay(ctx, lib)
	if err != nil {
		return err
	}
	none := map[string]string{protocolSetting: "", appliedSetting: ""}
	if err := lib.ChangeStudy(ctx, none, nil, maskUnder(rule)); err != nil {
		return err
	}
	wb.studyChanged()
	return nil
}

// FollowProtocol looks for the protocol's non-wear in the recordings in which nobody did
// yet; an import does so for those that it brings. Without a protocol, or without such
// recordings, nothing happens.
func (wb *Workbench) FollowProtocol(ctx context.Context, progress Progress) (DetectReport, error) {
	lib, err := wb.Library()
	if err != nil {
		return DetectReport{}, err
	}
	study, err := wb.Study(ctx)
	if err != nil || len(study.Pending) == 0 {
		return DetectReport{Found: []Detected{}}, err
	}
	var report DetectReport
	err = wb.jobs.Do(ctx, "Bring recordings under the protocol "+study.Protocol.Name, func(ctx context.Context, job Progress) (string, error) {
		report, err = wb.follow(ctx, lib, both(job, progress))
		return report.Summary(), err
	})
	if err == nil {
		wb.studyChanged()
	}
	return report, err
}

// follow is FollowProtocol within another job.
func (wb *Workbench) follow(ctx context.Context, lib Library, progress Progress) (DetectReport, error) {
	wb.applying.Lock()
	defer wb.applying.Unlock()
	study, err := wb.Study(ctx)
	if err != nil || len(study.Pending) == 0 {
		return DetectReport{Found: []Detected{}}, err
	}
	infos, err := chosen(ctx, lib, Only(study.Pending...))
	if err != nil {
		return DetectReport{Found: []Detected{}}, err
	}
	a := application{wb: wb, lib: lib, protocol: study.Protocol, rule: study.ValidDay, by: wb.authorOf(By{}, study.Protocol), was: &study.Applied}
	return a.to(ctx, infos, progress)
}

// studyChanged tells the pages that measures are others.
func (wb *Workbench) studyChanged() {
	wb.notify(ProtocolChanged, MasksChanged, RecordingsChanged, ResultsChanged)
}

// authorOf completes who applies a protocol, and why its layers are there.
func (wb *Workbench) authorOf(by By, f protocol.File) By {
	if by.Author == "" {
		by.Author = wb.cfg.Author
	}
	if by.Reason == "" {
		by.Reason = "protocol " + f.Name
	}
	return by
}

// application is a protocol that is applied to recordings.
type application struct {
	wb       *Workbench
	lib      Library
	protocol protocol.File
	rule     wear.ValidDay // that holds from then on
	by       By
	was      *Applied // how it was applied before, nil for not at all
}

// to looks for the protocol's non-wear in recordings, and then changes the library in
// one step.
func (a *application) to(ctx context.Context, infos []actigraphy.Info, progress Progress) (DetectReport, error) {
	report := DetectReport{Found: []Detected{}}
	var changes []wear.Change
	if w := a.protocol.Wear; w.Method != "" {
		d, err := a.wb.newDetection(a.lib, DetectOptions{Method: w.Method, Values: w.Values, By: a.by})
		if err != nil {
			return report, err
		}
		err = d.all(ctx, infos, progress, func(c wear.Change) error {
			changes = append(changes, c)
			return nil
		})
		if err != nil {
			return report, fmt.Errorf("nothing was changed: %w", err)
		}
		report = d.report
	}
	settings, err := a.settings(report)
	if err != nil {
		return report, err
	}
	if err := a.lib.ChangeStudy(ctx, settings, changes, maskUnder(a.rule)); err != nil {
		return report, fmt.Errorf("nothing was changed: %w", err)
	}
	return report, nil
}

// settings are those of the library under the protocol.
func (a *application) settings(report DetectReport) (map[string]string, error) {
	now := Applied{At: a.wb.cfg.Now().UTC().Format(time.RFC3339), By: a.by.Author, LeftOut: map[string]string{}}
	if a.was != nil {
		now.At, now.By = a.was.At, a.was.By
		for id, why := range a.was.LeftOut {
			now.LeftOut[id] = why
		}
	}
	for _, d := range report.Found {
		if d.Error != "" {
			now.LeftOut[d.Recording] = d.Error
		}
	}
	text, err := json.Marshal(now)
	if err != nil {
		return nil, fmt.Errorf("how the protocol is applied: %w", err)
	}
	return map[string]string{
		protocolSetting: string(a.protocol.Text), appliedSetting: string(text), validDaySetting: validDayText(a.rule),
	}, nil
}

func (a *application) summary(report DetectReport) string {
	if report.Method == "" {
		return "it looks for no non-wear"
	}
	return report.Summary()
}

// importedUnderProtocol brings what an import brought under the protocol of the library,
// and says so in its report.
func (wb *Workbench) importedUnderProtocol(ctx context.Context, lib Library, r *ImportReport, progress Progress) error {
	study, err := wb.Study(ctx)
	if err != nil || !study.ByProtocol() || r.Count(actigraphy.Imported) == 0 {
		return err
	}
	holds := fmt.Sprintf("The study's protocol %s holds for what was imported", study.Protocol.Words())
	if len(study.Pending) == 0 {
		r.Notes = append(r.Notes, holds+".")
		return wb.noteWithoutDiary(ctx, lib, study, r)
	}
	found, err := wb.follow(ctx, lib, progress)
	if err != nil {
		r.Notes = append(r.Notes, fmt.Sprintf("The recordings are in the library, but %d are not yet under the study's protocol %s: its non-wear was not looked for in them. 'Follow the protocol' does it.", len(study.Pending), study.Protocol.Words()))
		return err
	}
	r.Notes = append(r.Notes, holds+"; "+found.Summary()+".")
	for _, d := range found.Found {
		if d.Error != "" {
			r.Notes = append(r.Notes, fmt.Sprintf("%s has no non-wear of the protocol: %s", d.Subject, d.Error))
		}
	}
	return wb.noteWithoutDiary(ctx, lib, study, r)
}

// noteWithoutDiary says which participants have no diary where rest is taken from it.
func (wb *Workbench) noteWithoutDiary(ctx context.Context, lib Library, study Study, r *ImportReport) error {
	if !study.byDiary() {
		return nil
	}
	asked, without := map[string]bool{}, 0
	for _, o := range r.Outcomes {
		if o.Status != actigraphy.Imported || asked[o.Subject] {
			continue
		}
		asked[o.Subject] = true
		told, err := lib.DiaryEntries(ctx, o.Subject)
		if err != nil {
			return err
		}
		if len(told) == 0 {
			without++
		}
	}
	if without > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("The protocol takes rest from sleep diaries: participants imported without one: %d.", without))
	}
	return nil
}
