package dev.nightdesk.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractsTest {

  @Test
  void everyContractIsReadableAndNamedLikeItsFile() {
    List<String> files =
        Catalogue.list("").stream()
            .filter(path -> path.matches("(staged|mart)/[^/]+\\.yaml"))
            .toList();

    assertThat(files).hasSizeGreaterThan(20);
    for (String file : files) {
      String table = file.substring(file.indexOf('/') + 1, file.length() - ".yaml".length());
      assertThat(Contracts.of(table).table()).isEqualTo(table);
    }
  }

  @Test
  void aKeyWithoutItsColumnIsRefused() {
    assertThatThrownBy(
            () ->
                Contracts.parse(
                    "x.yaml",
                    Map.of(
                        "table",
                        "x",
                        "layer",
                        "fact",
                        "grain",
                        "g",
                        "owner",
                        "o",
                        "key",
                        List.of("nowhere"),
                        "columns",
                        List.of(Map.of("name", "a", "type", "string", "description", "d")))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("nowhere");
  }
}
