package dev.nightdesk.contract;

import java.io.Serializable;
import java.util.List;

/**
 * One field of a raw record: how it is read from text, whatever the format of the dump.
 *
 * @param name the field
 * @param type how its text is read
 * @param json the Spark type of a {@link Type#JSON} field; empty for others
 * @param isRequired a record without it is rejected
 * @param mayBeFuture an instant that may lie after its dump (a planned change of opening hours)
 * @param codes the closed list of a {@link Type#CODE} field
 * @param description its meaning, and the meaning of its absence
 */
public record RawField(
    String name,
    Type type,
    String json,
    boolean isRequired,
    boolean mayBeFuture,
    List<String> codes,
    String description)
    implements Serializable {

  /** How the text of a field is read. An empty text is the same as none. */
  public enum Type {
    /** A native id, as text; {@code 6139157572367.0} is {@code 6139157572367}. */
    ID,
    /** Text as it is. */
    TEXT,
    /** One of a closed list, in any case. */
    CODE,
    /** ISO 8601 with an offset, or without one in the source's zone; microseconds. */
    INSTANT,
    /** An ISO 8601 day. */
    DATE,
    /** A whole number. */
    INTEGER,
    /** A finite number. */
    NUMBER,
    /** Money, four decimals. */
    DECIMAL,
    /** true, false, 1, 0, yes, no. */
    BOOLEAN,
    /** A JSON value of a stated Spark type. */
    JSON,
    /** An IANA time zone. */
    ZONE
  }

  public RawField {
    codes = List.copyOf(codes);
  }
}
