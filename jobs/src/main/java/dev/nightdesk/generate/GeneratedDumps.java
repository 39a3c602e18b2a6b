package dev.nightdesk.generate;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was written.
 *
 * @param config the configuration that loads the dumps
 * @param rows rows per entity, repeats included
 * @param bytes size of all dumps, compressed
 */
public record GeneratedDumps(Path config, Map<String, Long> rows, long bytes) {

  /** Keeps the order of the entities. */
  public GeneratedDumps {
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
  }
}
