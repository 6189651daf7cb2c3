// Package sheet reads small tables that people keep beside recordings: sleep
// diaries and lists of participants, as CSV, OpenDocument (ODS) or Excel (XLSX).
package sheet
