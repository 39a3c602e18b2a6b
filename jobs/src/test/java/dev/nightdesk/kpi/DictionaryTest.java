package dev.nightdesk.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  private static final Path README = Path.of("../schemas/README.md");

  @Test
  void theReadmeOfTheCatalogueIsCurrent() throws IOException {
    String found = Files.readString(README);
    String current = new Dictionary(KpiCatalog.bundled()).renewedIn(found);
    if (Boolean.getBoolean("dictionary.write")) {
      Files.writeString(README, current);
      return;
    }
    assertThat(found)
        .as(
            "schemas/README.md is not what the contracts and pairs say. Renew it:"
                + " mvn -q -Dtest=DictionaryTest -Ddictionary.write=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false test")
        .isEqualTo(current);
  }

  @Test
  void everyKpiIsInTheDictionary() {
    String markdown = new Dictionary(KpiCatalog.bundled()).markdown();

    assertThat(KpiCatalog.bundled().kpis())
        .hasSizeGreaterThan(100)
        .allSatisfy(kpi -> assertThat(markdown).contains("`" + kpi.name() + "`"));
  }
}
