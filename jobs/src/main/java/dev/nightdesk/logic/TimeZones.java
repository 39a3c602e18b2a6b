package dev.nightdesk.logic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Properties;

/** Time zones by the names that help desks use. */
public final class TimeZones {

  private static final Properties RAILS = rails();

  private TimeZones() {}

  /**
   * The IANA name of a zone.
   *
   * @param name an IANA name, or one of Ruby on Rails ({@code Eastern Time (US & Canada)}); may be
   *     null
   * @return null if no zone has the name
   */
  public static String iana(String name) {
    if (name == null) {
      return null;
    }
    try {
      return ZoneId.of(name.strip()).getId();
    } catch (DateTimeException e) {
      return RAILS.getProperty(name.strip());
    }
  }

  private static Properties rails() {
    Properties names = new Properties();
    try (InputStream stream = TimeZones.class.getResourceAsStream("rails-zones.properties")) {
      names.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
