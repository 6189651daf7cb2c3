// Package diaryfile reads sleep diaries out of the tables that programs and people
// keep them in.
package diaryfile
