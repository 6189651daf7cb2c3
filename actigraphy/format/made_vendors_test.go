package format_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// rpxWords are what an Actiware export says in one language: titles of the
// program, labels of the properties, names of columns and of the interval status.
type rpxWords struct {
	program, properties, columns, missing, active string
	date, clock                                   string // layouts
	point                                         string // decimal mark
	plain                                         bool   // without quotes, and padded with commas
}

var (
	rpxEnglish = rpxWords{
		program:    "Actiware Export File (Version 05.00)",
		properties: "Actiwatch Type:|Data Collection Start Date:|Data Collection Start Time:|Data Collection End Date:|Data Collection End Time:|Logging Mode:|Time Zone:|Time Zone Offset:|Epoch Length:|Number of Data Samples:|Actiwatch Serial Number:",
		columns:    "Line|Date|Time|Off-Wrist Status|Activity|Marker|White Light|Sleep/Wake|Interval Status", missing: "NaN", active: "ACTIVE",
		date: "01/02/2006", clock: "03:04:05 PM", point: ".",
	}
	rpxFrench = rpxWords{
		program:    "Fichier d'exportation Actiware (Version 05.00)",
		properties: "Type d'Actiwatch\u00a0:|Date de début\u00a0:|Heure de début\u00a0:|Date de fin\u00a0:|Heure de fin\u00a0:|Mode\u00a0:|Fuseau\u00a0:|Décalage\u00a0:|Longueur de la période\u00a0:|Nombre d'échantillons\u00a0:|Numéro de série\u00a0:",
		columns:    "Ligne|Date|Heure|Statut «\u00a0hors poignet\u00a0»|Activité|Marqueur|Lumière blanche|Sommeil/Éveil|Statut de l’intervalle", missing: "NAN", active: "ACTIVITÉ", //nolint:misspell // French
		date: "2/01/2006", clock: "15:04:05", point: ".",
	}
	rpxGerman = rpxWords{
		program:    "Actiware-Exportdatei (Version 05.00 )",
		properties: "Actiwatch-Typ:|Startdatum:|Startzeit:|Enddatum:|Endzeit:|Modus:|Zeitzone:|Zeitzonenverschiebung:|Epochenlänge:|Anzahl der Daten-Samples:|Actiwatch-Seriennummer:",
		columns:    "Zeile|Datum|Zeit|Status „Nicht am Handgelenk“|Aktivität|Markierung|Weißes Licht|Schlaf/Wach|Intervallstatus", missing: "kZ", active: "AKTIV",
		date: "02.01.2006", clock: "15:04:05", point: ",",
	}
	rpxDutch = rpxWords{
		program:    "Actiware-exportbestand (versie 05.00)",
		properties: "Type Actiwatch:|Begindatum:|Begintijd:|Einddatum:|Eindtijd:|Registratiemodus:|Tijdzone:|Tijdzone-offset:|Periodelengte:|Aantal gegevenssamples:|Serienummer Actiwatch:",
		columns:    "Lijn|Datum|Tijd|Status niet-om-pols|Activiteit|Markering|Wit licht|Slapen/waken|Intervalstatus", missing: "NaN", active: "ACTIEF",
		date: "2006-01-02", clock: "15:04:05", point: ".", plain: true,
	}
)

// line writes fields as the program does in that language.
func (w rpxWords) line(fields ...string) string {
	if w.plain {
		return strings.Join(fields, ",") + ",,,,\r\n"
	}
	return `"` + strings.Join(fields, `","`) + "\",\r\n"
}

// makeRPX returns an export of n epochs of 30 s. The first row is not worn, the
// last two hold no number.
func makeRPX(w rpxWords, start time.Time, n int) []byte {
	end := start.Add(time.Duration(n-1) * 30 * time.Second)
	var b strings.Builder
	add := func(fields ...string) { b.WriteString(w.line(fields...)) }
	title := func(text string) { add("-------------------- " + text + "--------------------") }
	add(w.program)
	add("Name:", "")
	title("Subject")
	add("Identity:", "made up")
	title("Properties")
	values := []string{
		"Spectrum PRO", start.Format(w.date), start.Format(w.clock), end.Format(w.date), end.Format(w.clock), "All",
		"(UTC) Somewhere", "+01:00", "30", fmt.Sprint(n), "P12345",
	}
	for i, name := range strings.Split(w.properties, "|") {
		add(name, values[i])
	}
	title("Statistics")
	add("REST", "1", start.Format(w.date), start.Format(w.clock), end.Format(w.date), end.Format(w.clock), "1", "2", "3")
	title("Markers")
	add("Line", "Date", "Time", "Marker", "Interval Status")
	add("1", start.Format(w.date), start.Format(w.clock), "Marker!", w.active)
	title("Epochs")
	add("------------------", "---------")
	add("Line:", "Line Number")
	add(strings.Split(w.columns, "|")...)
	b.WriteString("\r\n")
	for i, v := range counts(n) {
		at := start.Add(time.Duration(i) * 30 * time.Second)
		off, count, light := "0", fmt.Sprint(v), fmt.Sprintf("%d%s%02d", i%900, w.point, i%100)
		if i == 0 {
			off = "1"
		}
		if i >= n-2 {
			count, light = w.missing, w.missing
		}
		if w.plain {
			light = fmt.Sprint(i % 900)
		}
		add(fmt.Sprint(i+1), at.Format(w.date), at.Format(w.clock), off, count, "0", light, "1", w.active)
	}
	return []byte(b.String())
}

const atrHeader = "+-------------+ Condor Instruments Report +-------------+\r\n" +
	"SUBJECT_NAME : made up\r\nDEVICE_ID : 77\r\nDEVICE_MODEL : ActTrust2\r\nINTERVAL : -\r\nDATE_TIME : 24/12/2020 08:00:00\r\n" +
	"+-------------------------------------------------------+\r\n"

const atrNames = "DATE/TIME;MS;EVENT;TEMPERATURE;PIM;PIMn;TAT;ZCM;LIGHT;NEW\r\n"

// makeATR returns a log of n epochs of a minute that begins at :25, with a press
// of the button, a time given twice and a gap.
func makeATR(n int) []byte {
	var b strings.Builder
	b.WriteString("#ActLogModel=2.0.0\r\n" + atrHeader + atrNames)
	at := time.Date(2020, 12, 3, 21, 14, 25, 0, time.UTC)
	for i, v := range counts(n) {
		stamp, event := at.Add(time.Duration(i)*time.Minute), 0
		switch {
		case i == 2:
			stamp, event = stamp.Add(31*time.Second), 1
		case i > 6:
			stamp = stamp.Add(2 * time.Minute)
		}
		row := fmt.Sprintf("%s;0;%d;-2.5;%d;%.4f;%d;%d;0.57;x\r\n", stamp.Format("02/01/2006 15:04:05"), event, v, float64(v)/60, v/2, v/3)
		b.WriteString(row)
		if i == 4 {
			b.WriteString(row)
		}
	}
	return []byte(b.String())
}

func makeTAL(n int) []byte {
	var b strings.Builder
	b.WriteString("A comment\r\n\r\nN° de Série: 4711\r\n\r\nAceleração: Mini-Mitter\r\n\r\nData; Hora; Evento; Temperatura; Luminosidade; Atividade\r\n")
	at := time.Date(2020, 3, 5, 23, 58, 0, 0, time.UTC)
	for i, v := range counts(n) {
		fmt.Fprintf(&b, "%s; 0; 21,5; %d; %d;\r\n", at.Add(time.Duration(i)*time.Minute).Format("2006/1/2; 15:04:05"), i%50, v)
	}
	return []byte(b.String())
}

const dqtActivity = "Accelleration X+Y" //nolint:misspell // the device's own spelling

func makeDQT(n int) []byte {
	var b strings.Builder
	b.WriteString("Start: 2020-03-05 23:59:58 GMT\r\nEnd: 2020-03-06 00:10:00 GMT\r\n\r\nSerial number:,u1,u1\r\nName:," + dqtActivity + ",Light\r\n\r\n" +
		"Store rate:,1,1\r\n\r\nBinning mode:,Sum,Average\r\n\r\n")
	at := time.Date(2020, 3, 5, 23, 59, 58, 0, time.UTC)
	for i, v := range counts(n) {
		fmt.Fprintf(&b, "%s,%d,%d\r\n", at.Add(time.Duration(i)*time.Second).Format(time.DateTime), v, i%60)
	}
	return []byte(b.String())
}

// makeActical returns an export of n epochs of 15 s, whose times stop at the
// minute.
func makeActical(n int) []byte {
	var b strings.Builder
	b.WriteString("Actical List Export File  (Version 03.00),,\n--- Settings ---,,\nIdentity:,made up,\nDevice Serial Number:,B1,\nDevice Location:,WAIST,\n" +
		"Epoch#,Day#,Elapsed,Date,Time,Activity,Steps,Energy,Activity,Event Marker\n,,Seconds,,,Counts,,Expenditure,Intensity,Button Presses\n,,,,,,,,(1=sedentary),\n")
	at := time.Date(2021, 5, 13, 23, 59, 0, 0, time.UTC)
	for i, v := range counts(n) {
		t := at.Add(time.Duration(i) * 15 * time.Second)
		fmt.Fprintf(&b, "%d,1,%d,%s,%s,%d,%d,NaN,1,0\n", i, (i+1)*15, t.Format("2-Jan-06"), t.Format("15:04"), v, i%9)
	}
	return []byte(b.String())
}

func makeMTN(n int) []byte {
	var b strings.Builder
	property := func(name, value string) {
		fmt.Fprintf(&b, "  <change user=\"me\" time=\"2020-01-01 00:00:00\">\n    <property><name>%s</name><content>%s</content></property></change>\n", name, value)
	}
	b.WriteString("\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?><motionfile><log2 major=\"2\" minor=\"1\">\n<!-- a > b -->\n")
	property("+UserID", "made &amp; up")
	property("+Position", "Wrist (Left)")
	b.WriteString("  <change><property delete=\"yes\"><name>+Position</name></property></change>\n")
	property("=Device", "MW8")
	property("=SerialNo", "0042")
	property("=StartTime", "2020-03-05 17:30:00")
	for _, name := range []string{"motion", "light"} {
		fmt.Fprintf(&b, "<change><channel><name>%s</name><units>Triaxial-Counts</units><epoch>5</epoch><offset>0</offset><data encoding=\"text\">", name)
		for i, v := range counts(n) {
			fmt.Fprintf(&b, "%d,", v)
			if i%10 == 9 {
				b.WriteString("\n")
			}
		}
		b.WriteString("</data></channel></change>\n")
	}
	b.WriteString("</log2></motionfile>\n")
	return []byte(b.String())
}

// zipped packs files into an archive, in the order of names.
func zipped(t testing.TB, names []string, contents ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(contents[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
