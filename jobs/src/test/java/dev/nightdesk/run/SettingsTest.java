package dev.nightdesk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("nightdesk.yaml"), yaml);
  }

  @Test
  void optionsBeatTheEnvironmentWhichBeatsTheFileWhichBeatsTheDefaults() throws IOException {
    Settings settings =
        Settings.read(
            file("raw: dumps\nwarehouse: tables\nmax-rejected-ratio: 0.5\n"),
            Map.of("NIGHTDESK_RAW", "/env/raw", "NIGHTDESK_WAREHOUSE", "/env/warehouse"),
            Map.of("raw", "/option/raw"));

    NightdeskConfig config = NightdeskConfig.of(settings, folder);

    assertThat(config.raw()).isEqualTo("file:///option/raw");
    assertThat(config.warehouse()).isEqualTo("file:///env/warehouse");
    assertThat(config.maxRejectedRatio()).isEqualTo(0.5);
    assertThat(config.calendar().zone().getId()).isEqualTo("UTC");
    assertThat(settings.lines())
        .contains(
            "raw: /option/raw  # --raw",
            "warehouse: /env/warehouse  # NIGHTDESK_WAREHOUSE",
            "max-rejected-ratio: 0.5  # nightdesk.yaml",
            "reporting.zone: UTC  # default");
  }

  @Test
  void pathsOfTheFileAreRelativeToTheFile() throws IOException {
    NightdeskConfig config =
        NightdeskConfig.of(Settings.read(file("raw: dumps\n"), Map.of(), Map.of()), Path.of("/"));

    assertThat(config.raw()).isEqualTo("file://" + folder.resolve("dumps"));
  }

  @Test
  void theSaltIsNeverShown() throws IOException {
    Settings settings = Settings.read(file("hash-salt: canary-7f3\n"), Map.of(), Map.of());

    assertThat(settings.lines()).contains("hash-salt: ********  # nightdesk.yaml");
    assertThat(NightdeskConfig.of(settings, folder).toString()).doesNotContain("canary-7f3");
  }

  @Test
  void aMisspeltKeyIsRefusedByName() throws IOException {
    Path file = file("warehose: tables\n");

    assertThatThrownBy(() -> Settings.read(file, Map.of(), Map.of()))
        .isInstanceOf(NightdeskException.class)
        .hasMessageContaining("warehose");
  }

  @Test
  void aSourceOfAnUnknownTypeOrEntityIsRefusedWithWhatThereIs() throws IOException {
    Settings unknownType =
        Settings.read(file("sources: {desk: {type: zen, entities: {a: {}}}}"), Map.of(), Map.of());
    assertThatThrownBy(() -> NightdeskConfig.of(unknownType, folder))
        .hasMessageContaining("zen")
        .hasMessageContaining("canonical");

    Settings unknownEntity =
        Settings.read(
            file("sources: {desk: {type: canonical, entities: {tickets: {}}}}"),
            Map.of(),
            Map.of());
    assertThatThrownBy(() -> NightdeskConfig.of(unknownEntity, folder))
        .hasMessageContaining("tickets")
        .hasMessageContaining("ticket_event");
  }

  @Test
  void aColumnOfNoFieldOrOfTwoIsRefusedByName() throws IOException {
    String flat =
        "sources: {desk: {type: flat, entities: {ticket: {}}, options: {columns: {%s}}}}\n";
    Settings misspelt =
        Settings.read(file(flat.formatted("crated_at: Opened")), Map.of(), Map.of());
    assertThatThrownBy(() -> NightdeskConfig.of(misspelt, folder))
        .hasMessageContaining("crated_at")
        .hasMessageContaining("created_at");

    Settings twice =
        Settings.read(
            file(flat.formatted("created_at: Opened, updated_at: Opened")), Map.of(), Map.of());
    assertThatThrownBy(() -> NightdeskConfig.of(twice, folder))
        .hasMessageContaining("`Opened` to created_at and to updated_at");
  }

  @Test
  void whoeverHasOrdersSaysInWhichCurrencyTheTablesShowThem() throws IOException {
    String orders = "sources: {shop: {type: canonical, entities: {order: {}}}}\n";

    assertThatThrownBy(() -> config(orders))
        .isInstanceOfSatisfying(
            NightdeskException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("shop")
        .hasMessageContaining("reporting.currency");
    assertThatThrownBy(() -> config(orders + "reporting: {currency: EURO}\n"))
        .hasMessageContaining("EURO")
        .hasMessageContaining("ISO 4217");
    assertThat(config(orders + "reporting: {currency: CHF}\n").definitions().reportingCurrency())
        .isEqualTo("CHF");
    assertThat(config("reporting: {zone: UTC}\n").definitions().reportingCurrency()).isEmpty();
  }

  private NightdeskConfig config(String yaml) throws IOException {
    return NightdeskConfig.of(Settings.read(file(yaml), Map.of(), Map.of()), folder);
  }
}
