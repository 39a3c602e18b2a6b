package dev.nightdesk.contract;

import java.io.Serializable;
import java.util.List;

/**
 * One field of a raw record: how it is read from text, whatever the format of the dump.
 *
 * @param name the field
 * @param names what dumps call it: its name and, behind it, others
 * @param type how its text is read
 * @param json the Spark type of a {@link Type#JSON} field; empty for others
 * @param isRequired a record without it is rejected
 * @param mayBeFuture an instant that may lie after its dump (a planned change of opening hours)
 * @param codes the closed list of a {@link Type#CODE} field
 * @param description its meaning, and the meaning of its absence
 */
public record RawField(
    String name,
    List<String> names,
    Type type,
    String json,
    boolean isRequired,
    boolean mayBeFuture,
    List<String> codes,
    String description)
    implements Serializable {

  /** How the text of a field is read. An empty text is the same as none. */
  public enum Type {
    /**
     * A native id, as text; {@code 6139157572367.0} is {@code 6139157572367}, and {@code
     * gid://shopify/Order/5010} is {@code 5010}.
     */
    ID,
    /** Text as it is. */
    TEXT,
    /** One of a closed list, in any case. */
    CODE,
    /**
     * ISO 8601 with an offset, or without one in the source's zone, or as the source's
     * `instant-formats` say; microseconds.
     */
    INSTANT,
    /** Seconds since 1970 in UTC, as a number. */
    UNIX_SECONDS,
    /** A length of time in the source's `duration-unit`, as ISO 8601 or as h:mm:ss; in seconds. */
    DURATION,
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
    /** A JSON value of a stated Spark type; {@code string}: of any form, as its text. */
    JSON,
    /** A time zone by its IANA or its Rails name; as IANA name. */
    ZONE
  }

  public RawField {
    names = List.copyOf(names);
    codes = List.copyOf(codes);
  }

  /** Whether it is JSON of any form, kept as its text. */
  public boolean isJsonText() {
    return type == Type.JSON && json.equals("string");
  }
}
