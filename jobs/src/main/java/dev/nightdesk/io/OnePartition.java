package dev.nightdesk.io;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Plans queries over few rows as one task: whatever is read or put together lies in one partition,
 * so that nothing needs to be shuffled.
 *
 * <p>Otherwise a file is a task or two, and a union has the tasks of all its inputs; each of them
 * unpacks the whole plan, which took half of the time of a small night.
 */
public final class OnePartition extends Rule<LogicalPlan> {

  private OnePartition() {}

  /** Makes a session plan so from now on, or not any more. */
  public static void use(SparkSession spark, boolean isOne) {
    List<Rule<LogicalPlan>> rules = isOne ? List.of(new OnePartition()) : List.of();
    spark.experimental().extraOptimizations_$eq(CollectionConverters.asScala(rules).toSeq());
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    // Rows at hand are given back without a task.
    return plan instanceof LocalRelation ? plan : inOne(plan);
  }

  private static LogicalPlan inOne(LogicalPlan plan) {
    if (isScan(plan)) {
      return new Repartition(1, false, plan);
    }
    if (plan instanceof Repartition one && one.numPartitions() == 1 && !one.shuffle()) {
      return isScan(one.child()) ? one : one.mapChildren(OnePartition::inChildren);
    }
    LogicalPlan done = inChildren(plan);
    return done instanceof Union ? new Repartition(1, false, done) : done;
  }

  private static LogicalPlan inChildren(LogicalPlan plan) {
    return plan.mapChildren(OnePartition::inOne);
  }

  /** A source with what Spark does while it reads it, which nothing may come between. */
  private static boolean isScan(LogicalPlan plan) {
    LogicalPlan source = plan;
    while (source instanceof Project || source instanceof Filter) {
      source = source.children().head();
    }
    return source instanceof LogicalRelation
        || source instanceof LogicalRDD
        || source instanceof InMemoryRelation
        || source instanceof LocalRelation;
  }
}
