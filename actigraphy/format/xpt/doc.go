// Package xpt reads SAS transport files (XPT), version 5 and 8, and the minute
// tables of NHANES that come in them: PAXRAW of 2003-2006 and PAXMIN of 2011-2014.
// Other tables of NHANES, such as demographics, are named and refused.
//
// The layout is that of SAS technical note TS-140, "The Record Layout of a Data
// Set in SAS Transport (XPORT) Format": records of 80 bytes, a descriptor of 140
// bytes for every column, rows without separators, and numbers in the
// hexadecimal floating point of IBM mainframes.
package xpt
