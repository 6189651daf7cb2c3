package people_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy/people"
)

// visits is a table of two people at three visits.
func visits() people.Table {
	row := func(id, visit string, line int, values ...string) people.Person {
		return people.Person{ID: id, Visit: visit, Line: line, Values: values}
	}
	return people.Table{
		ID: "id", Visit: "wave", VisitType: people.Number,
		Variables: []people.Variable{{Name: "sex", Type: people.Category}, {Name: "score", Type: people.Number}},
		People: []people.Person{
			row("A", "10", 2, "f", "30"), row("A", "2", 3, "f", "20"), row("B", "2", 4, "m", "21"), row("a", "1", 5, "", "10"), row("B", "2", 6, "m", "21"),
		},
	}
}

func written(t people.Table) string {
	var names, rows []string
	for _, v := range t.Variables {
		names = append(names, v.Name)
	}
	for _, p := range t.People {
		rows = append(rows, p.ID+":"+strings.Join(p.Values, ","))
	}
	return strings.Join(names, ",") + " " + strings.Join(rows, " ")
}

func TestArrange(t *testing.T) {
	file := visits()
	file.Visit = ""
	for _, tt := range []struct {
		name  string
		table people.Table
		how   people.Visits
		want  string
	}{
		{"first", visits(), people.First, "sex,score a:,10 B:m,21"},
		{"last", visits(), people.Last, "sex,score A:f,30 B:m,21"},
		{"each", visits(), people.Each, "sex,score.1,score.2,score.10 a:f,10,20,30 B:m,,21,"},
		{"first in the file", file, people.First, "sex,score A:f,30 B:m,21"},
		{"last in the file", file, people.Last, "sex,score a:,10 B:m,21"},
		{"each in the file", file, people.Each, "sex,score.1,score.2,score.3 A:f,30,20,10 B:m,21,21,"},
	} {
		got, err := people.Arrange(tt.table, tt.how)
		if err != nil || written(got) != tt.want {
			t.Errorf("%s: got %q, %v, want %q", tt.name, written(got), err, tt.want)
		}
	}
	if _, err := people.Arrange(visits(), ""); !errors.Is(err, people.ErrVisits) || !strings.Contains(err.Error(), "2 people have them, such as") {
		t.Errorf("without a choice: got %v", err)
	}
	contrary := visits()
	contrary.People[4].Values = []string{"m", "99"}
	if _, err := people.Arrange(contrary, people.Last); err == nil || !strings.Contains(err.Error(), "lines 4 and 6") {
		t.Errorf("rows that differ: got %v", err)
	}
	same := visits()
	same.People = []people.Person{same.People[2], same.People[4]} // one visit, twice the same
	for _, how := range []people.Visits{"", people.First, people.Last, people.Each} {
		if got, err := people.Arrange(same, how); err != nil || written(got) != "sex,score B:m,21" {
			t.Errorf("rows that say the same, %q: got %q, %v", how, written(got), err)
		}
	}
	twice := visits()
	twice.Variables = append(twice.Variables, people.Variable{Name: "Score.2"})
	for i := range twice.People {
		twice.People[i].Values = append(twice.People[i].Values, "x")
	}
	if _, err := people.Arrange(twice, people.Each); err == nil || !strings.Contains(err.Error(), "Score.2") {
		t.Errorf("a name that is taken: got %v", err)
	}
}

func TestCompare(t *testing.T) {
	rows := []people.Person{{ID: "A"}, {ID: "b-7"}, {ID: "12"}, {ID: "nobody"}, {ID: "0"}, {ID: "NOBODY"}, {ID: "a"}}
	members := []people.Member{
		{Label: "Anna", Sources: []string{"a"}}, {Label: "Anna at visit 2", Sources: []string{"A"}}, {Label: "B07"}, {Label: "0012"}, {Label: "C"}, {Label: "-"},
	}
	got := people.Compare(rows, members)
	if want := []string{"Anna", "Anna at visit 2"}; !slices.Equal(got.Both, want) {
		t.Errorf("both: got %q, want %q", got.Both, want)
	}
	if want := []string{"b-7", "12", "nobody", "0"}; !slices.Equal(got.OnlyTable, want) {
		t.Errorf("only in the table: got %q, want %q", got.OnlyTable, want)
	}
	if want := []string{"B07", "0012", "C", "-"}; !slices.Equal(got.OnlyLibrary, want) {
		t.Errorf("only in the library: got %q, want %q", got.OnlyLibrary, want)
	}
	if want := []people.Alike{{Table: "b-7", Library: "B07"}, {Table: "12", Library: "0012"}}; !slices.Equal(got.Alike, want) {
		t.Errorf("alike: got %v, want %v", got.Alike, want)
	}
}

func TestSearch(t *testing.T) {
	values := []people.Value{
		{Name: "sex", Type: people.Category, Text: "F"},
		{Name: "age", Type: people.Number, Text: "40"},
		{Name: "age at visit", Type: people.Number, Text: "41.5"},
		{Name: "born", Type: people.Date, Text: "1990-04-05"},
		{Name: "score", Type: people.Number},
	}
	names := []string{"sex", "age", "age at visit", "born", "score"}
	for search, want := range map[string]bool{
		"sex=F": true, "sex=f": true, "SEX=m": false, "sex!=m": true, "age=40.0": true, "age>40": false, "age>=40": true, "age<100": true, "age<9": false,
		`"age at visit">41`: true, `"age at visit" watch`: true, "born<1990-05-01": true, "born>1990-05-01": false,
		"score=": true, "score!=": false, "score>0": false, "score<0": false, "age>": false, "sex=F age>50": false, "sex=F age<50": true,
	} {
		conditions, _ := people.ParseSearch(search, names)
		got := !slices.ContainsFunc(conditions, func(c people.Condition) bool { return !c.Meets(values) })
		if got != want {
			t.Errorf("%s: got %v, want %v (%v)", search, got, want, conditions)
		}
	}
	conditions, words := people.ParseSearch(`Watch weight>3 sex=F "two words"`, names)
	if len(conditions) != 1 || !slices.Equal(words, []string{"watch", "weight>3", "two words"}) {
		t.Errorf("got %v and %q", conditions, words)
	}
}

func TestFloat(t *testing.T) {
	for _, tt := range []struct {
		value people.Value
		want  float64
	}{
		{people.Value{Type: people.Number, Text: "1.5"}, 1.5},
		{people.Value{Type: people.Date, Text: "2005-07-02T12:00:00"}, 2005.5},
		{people.Value{Type: people.Date, Text: "2004-01-01"}, 2004},
	} {
		if got := tt.value.Float(); got != tt.want {
			t.Errorf("%v: got %v, want %v", tt.value, got, tt.want)
		}
	}
	for _, v := range []people.Value{{Type: people.Number}, {Type: people.Category, Text: "1"}, {Type: people.Date, Text: "yesterday"}} {
		if got := v.Float(); got == got {
			t.Errorf("%v: got %v, want no number", v, got)
		}
	}
}
