package dev.nightdesk.contract;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * A record and where it comes from.
 *
 * @param fileId the id of the file's content
 * @param date the logical date of the extract
 * @param path the file's path below the raw root
 * @param record what stands there
 */
public record DumpRecord(String fileId, LocalDate date, String path, RawRecord record)
    implements Serializable {}
