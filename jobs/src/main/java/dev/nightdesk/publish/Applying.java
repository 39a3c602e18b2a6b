package dev.nightdesk.publish;

import dev.nightdesk.contract.TableContract;
import dev.nightdesk.io.Checkpoints;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whom {@link Publications#apply} asks.
 *
 * @param contracts the contract of a table
 * @param guard asked before every commit
 * @param checkpoints told of every moment between two commits
 * @param runRows rows of the table {@code run}, given the new version of every table
 * @param commitMetadata JSON that every commit carries, with the run's id
 * @param codeVersion version of the program
 * @param now when
 */
public record Applying(
    Function<String, TableContract> contracts,
    Guard guard,
    Checkpoints checkpoints,
    Function<Map<String, Long>, Dataset<Row>> runRows,
    String commitMetadata,
    String codeVersion,
    Instant now) {}
