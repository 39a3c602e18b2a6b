package dev.nightdesk.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpWriterTest {

  private static final Days DAYS =
      new Days(LocalDate.of(2025, 10, 25), 3, ZoneId.of("Europe/Berlin"));

  @TempDir Path folder;

  @Test
  void recordsThatWaitInFilesComeOutLikeThoseThatWaitInMemory() throws IOException {
    write(folder.resolve("memory"), DumpWriter.MEMORY_LIMIT);
    write(folder.resolve("files"), 10);

    for (int day = 0; day < DAYS.count(); day++) {
      String dump = "call/dt=" + DAYS.date(day) + "/part-00000.json.gz";
      String expected = "{\"call_id\":\"%1$d\"}\n{\"call_id\":\"1%1$d\"}\n".formatted(day + 1);
      assertThat(text(folder.resolve("memory").resolve(dump))).isEqualTo(expected);
      assertThat(text(folder.resolve("files").resolve(dump))).isEqualTo(expected);
    }
    assertThat(folder.resolve(".files-waiting")).doesNotExist();
  }

  @Test
  void aRecordOfAFinishedDayGoesIntoTodaysDumpAndOneBeyondTheEndIntoNone() throws IOException {
    Path out = folder.resolve("late");
    try (DumpWriter dumps = new DumpWriter(out, DAYS, 1, DumpWriter.MEMORY_LIMIT)) {
      dumps.endDay();
      dumps.line(Entity.CALL).id("call_id", 1);
      dumps.deliver(DAYS.start(0));
      dumps.line(Entity.CALL).id("call_id", 2);
      dumps.deliver(DAYS.end());
      dumps.endDay();
      dumps.endDay();
      dumps.finish();
      assertThat(dumps.rows()).containsEntry(Entity.CALL, 1L);
      assertThat(dumps.gaps()).contains(Entity.CALL);
    }
    assertThat(text(out.resolve("call/dt=2025-10-26/part-00000.json.gz")))
        .isEqualTo("{\"call_id\":\"1\"}\n");
    assertThat(out.resolve("call/dt=2025-10-27")).doesNotExist();
  }

  private static void write(Path out, long memoryLimit) throws IOException {
    try (DumpWriter dumps = new DumpWriter(out, DAYS, 1, memoryLimit)) {
      for (int day = 0; day < DAYS.count(); day++) {
        dumps.line(Entity.CALL).id("call_id", day + 1);
        dumps.deliver(DAYS.start(day));
      }
      for (int day = 0; day < DAYS.count(); day++) {
        dumps.line(Entity.CALL).id("call_id", day + 11);
        dumps.deliver(DAYS.start(day + 1) - 1);
      }
      for (int day = 0; day < DAYS.count(); day++) {
        dumps.endDay();
      }
      dumps.finish();
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
