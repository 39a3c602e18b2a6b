/**
 * What a night must hold true before anybody sees it, as rows: each rule, held against each table,
 * is one result. Pure: rows in, results out.
 */
package dev.nightdesk.audit;
