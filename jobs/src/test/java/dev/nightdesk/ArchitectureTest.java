package dev.nightdesk;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.nightdesk.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may import whom, and what only some may do. Each rule says why.
 *
 * <p>Plain tests, because Surefire does not report a failed rule that is a field of ArchUnit's own
 * engine.
 */
class ArchitectureTest {

  private static final List<String> PACKAGES =
      List.of(
          "table",
          "contract",
          "logic",
          "sentiment",
          "staged",
          "history",
          "dim",
          "fact",
          "update",
          "kpi",
          "io",
          "run",
          "report",
          "generate",
          "audit",
          "publish");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.nightdesk");

  @Test
  void theRulesSeeTheCode() {
    assertThat(CODE.contain(Table.class))
        .as("ArchUnit found the compiled classes, so the rules below have something to hold")
        .isTrue();
  }

  @Test
  void everyClassLivesInAKnownPackage() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(Stream.of("dev.nightdesk"), PACKAGES.stream().map(ArchitectureTest::in))
                .toArray(String[]::new))
        .because("a package is an idea of the house: a new one is named here with its arrows")
        .check(CODE);
  }

  @Test
  void onlyMainStandsOutsideThePackages() {
    classes()
        .that()
        .resideInAPackage("dev.nightdesk")
        .should()
        .haveNameMatching("dev\\.nightdesk\\.Main(\\$.*)?")
        .allowEmptyShould(true)
        .because("Main parses, runs and exits; everything else has a home")
        .check(CODE);
  }

  // The arrows.

  @Test
  void tableIsALeaf() {
    mayUse("table").because("it is the vocabulary that all others speak").check(CODE);
  }

  @Test
  void contractIsALeaf() {
    mayUse("contract", "table")
        .because("a contract is a value: it knows no code that obeys it")
        .check(CODE);
  }

  @Test
  void logicIsALeaf() {
    mayUse("logic", "table").because("a rule of the house is tested without any table").check(CODE);
  }

  @Test
  void sentimentIsALeaf() {
    mayUse("sentiment")
        .because("what a text sounds like depends on the text alone, so a scorer can be exchanged")
        .check(CODE);
  }

  @Test
  void stagedReadsRawContracts() {
    mayUse("staged", "table", "contract", "logic", "sentiment")
        .because("staging turns records into typed rows and knows nothing of what is made of them")
        .check(CODE);
  }

  @Test
  void historyStandsOnStaged() {
    mayUse("history", "table", "logic", "staged")
        .because("the pass over a ticket's history comes before every dim and fact")
        .check(CODE);
  }

  @Test
  void dimStandsOnHistory() {
    mayUse("dim", "table", "logic", "staged", "history")
        .because("the arrows run staged <- dim <- fact, so that a change shows what it can break")
        .check(CODE);
  }

  @Test
  void factStandsOnDim() {
    mayUse("fact", "table", "logic", "staged", "history", "dim")
        .because("the arrows run staged <- dim <- fact, so that a change shows what it can break")
        .check(CODE);
  }

  @Test
  void updateStandsOnFact() {
    mayUse("update", "table", "contract", "logic", "staged", "history", "dim", "fact")
        .because("it uses the tables' own rules on fewer rows: none has a second definition")
        .check(CODE);
  }

  @Test
  void kpiKnowsFactsByNameOnly() {
    mayUse("kpi", "table", "contract", "logic")
        .because("a KPI is SQL over contracts: the engine must not know a fact's class")
        .check(CODE);
  }

  @Test
  void ioKnowsTablesAndContractsOnly() {
    mayUse("io", "table", "contract")
        .because("what is read and written must not depend on what the numbers mean")
        .check(CODE);
  }

  @Test
  void reportIsPure() {
    mayUse("report", "table", "contract", "logic")
        .because("it renders the records that it is given: tested by exact text, without Spark")
        .check(CODE);
  }

  @Test
  void generateStandsAlone() {
    mayUse("generate")
        .because("dumps made by the code that reads them would prove nothing")
        .check(CODE);
  }

  @Test
  void auditJudgesFinishedTables() {
    mayUse("audit", "table", "contract", "logic", "kpi")
        .because("an audit that shares code with a fact would share its mistakes")
        .check(CODE);
  }

  @Test
  void publishMovesTablesWhole() {
    mayUse("publish", "table", "contract", "io")
        .because("publishing neither knows nor changes a number")
        .check(CODE);
  }

  @Test
  void nobodyUsesTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.nightdesk", in("run"))
        .should()
        .dependOnClassesThat(resideInAnyPackage("dev.nightdesk", in("run")))
        .because("run is the edge: only Main uses it")
        .check(CODE);
  }

  @Test
  void runDoesNotKnowMain() {
    noClasses()
        .that()
        .resideInAPackage(in("run"))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.nightdesk"))
        .allowEmptyShould(true)
        .because("Main parses, runs and exits: nothing calls it")
        .check(CODE);
  }

  // What only some may do.

  @Test
  void onlyIoReadsAndWrites() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("io"))
        .should()
        .dependOnClassesThat(
            assignableToAny(
                "org.apache.spark.sql.DataFrameReader",
                "org.apache.spark.sql.DataFrameWriter",
                "org.apache.spark.sql.DataFrameWriterV2",
                "org.apache.spark.sql.MergeIntoWriter",
                "io.delta.tables.DeltaTable",
                "org.apache.hadoop.fs.FileSystem",
                "org.apache.hadoop.fs.FileContext",
                "org.apache.spark.sql.streaming.DataStreamReader",
                "org.apache.spark.sql.streaming.DataStreamWriter"))
        .because("one place reads and writes, so that everything else can be run on rows in a test")
        .check(CODE);
  }

  @Test
  void pureCodeOpensNoFile() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages(
                "table",
                "logic",
                "sentiment",
                "staged",
                "history",
                "dim",
                "fact",
                "update",
                "report",
                "audit"))
        .should()
        .dependOnClassesThat(
            assignableToAny(
                "java.nio.file.Files",
                "java.io.File",
                "java.io.FileInputStream",
                "java.io.FileOutputStream",
                "java.io.FileReader",
                "java.io.FileWriter"))
        .because(
            "build functions take rows and give rows; only generate writes its own files, through"
                + " java.nio, because it must run without Spark")
        .check(CODE);
  }

  @Test
  void onlyKpiAndIoRunSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("kpi"), in("io"), in("staged"))
        .should()
        .callMethodWhere(
            target(nameMatching("sql"))
                .and(target(owner(assignableTo("org.apache.spark.sql.SparkSession")))))
        .because(
            "SQL text is for what analysts own, the KPIs and the mappings of sources: row meaning"
                + " is Java that the compiler checks")
        .check(CODE);
  }

  @Test
  void onlyTheEdgeSeesClockAndEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.nightdesk", in("run"))
        .should()
        .callMethodWhere(
            calls("java.lang.System", "getenv|getProperty|getProperties|currentTimeMillis")
                .or(calls("java.time.(Instant|Local.*|Zoned.*|Offset.*|Year.*|MonthDay)", "now"))
                .or(calls("java.time.ZoneId", "systemDefault"))
                .or(calls("java.util.TimeZone", "getDefault"))
                .or(calls("java.time.Clock", "system.*|tick.*"))
                .or(calls("java.util.UUID", "randomUUID"))
                .or(calls("java.lang.Math", "random")))
        .because(
            "the same dumps must give the same tables: time and configuration enter once, as"
                + " parameters")
        .check(CODE);
  }

  @Test
  void onlyTheEdgeAsksClocks() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.nightdesk", in("run"))
        .should()
        .dependOnClassesThat(assignableToAny("java.time.Clock"))
        .because("a clock handed over is a clock all the same")
        .check(CODE);
  }

  @Test
  void onlyMainExits() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.nightdesk.Main")
        .should()
        .callMethodWhere(calls("java.lang.(System|Runtime)", "exit|halt"))
        .because("a failure must reach the one place that turns it into an exit code")
        .check(CODE);
  }

  @Test
  void nothingRunsInTheCommonPool() {
    noClasses()
        .should()
        .callMethodWhere(calls("java.util.(Collection|List|Set)", "parallelStream"))
        .orShould()
        .callMethodWhere(calls("java.util.stream.*", "parallel"))
        .orShould()
        .callMethodWhere(calls("java.util.concurrent.CompletableFuture", "(run|supply)Async"))
        .because(
            "readers of files finish their work there, so a query that waits there for its files"
                + " may wait for itself: use SideBySide")
        .check(CODE);
  }

  /** The classes of a package use only those of the named ones, of ours. */
  private static ArchRule mayUse(String name, String... others) {
    return classes()
        .that()
        .resideInAPackage(in(name))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("dev.nightdesk.."))
                .or(resideInAnyPackage(packages(others)))
                .or(resideInAPackage(in(name))))
        .allowEmptyShould(true);
  }

  private static String in(String name) {
    return "dev.nightdesk." + name + "..";
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(ArchitectureTest::in).toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> assignableToAny(String... names) {
    return DescribedPredicate.or(Arrays.stream(names).map(name -> assignableTo(name)).toList());
  }

  private static DescribedPredicate<JavaCall<?>> calls(String owners, String methods) {
    return DescribedPredicate.describe(
        owners + "." + methods,
        call -> call.getTargetOwner().getName().matches(owners) && call.getName().matches(methods));
  }
}
