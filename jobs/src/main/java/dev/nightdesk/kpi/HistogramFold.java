package dev.nightdesk.kpi;

import dev.nightdesk.logic.LogHistogram;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.collection.immutable.ArraySeq;

/** {@link LogHistogram} as functions of columns. */
final class HistogramFold {

  private static final Encoder<long[]> TRIPLES = triples();

  private static final UserDefinedFunction OF_VALUES =
      functions.udaf(new OfValues(), Encoders.LONG());
  private static final UserDefinedFunction OF_HISTOGRAMS =
      functions.udaf(new OfHistograms(), TRIPLES);
  private static final UserDefinedFunction PERCENTILE =
      functions.udf(
          (UDF2<Seq<Long>, Double, Double>) HistogramFold::percentileOf, DataTypes.DoubleType);

  private HistogramFold() {}

  /** The histogram of numbers; empty if there is none. */
  static Column ofValues(Column numbers) {
    return OF_VALUES.apply(numbers);
  }

  /** The sum of histograms; empty if there is none. */
  static Column ofHistograms(Column histograms) {
    return OF_HISTOGRAMS.apply(histograms);
  }

  /** A histogram that takes away what the given one adds; null of null. */
  static Column negated(Column histogram) {
    return functions.transform(
        histogram,
        (number, at) ->
            functions
                .when(at.mod(functions.lit(3)).equalTo(0), number)
                .otherwise(functions.negate(number)));
  }

  /** The histogram of nothing. */
  static Column empty() {
    return functions.array().cast(DataTypes.createArrayType(DataTypes.LongType, false));
  }

  /** A percentile of a histogram; null of an empty one. */
  static Column percentile(Column histogram, double share) {
    return PERCENTILE.apply(histogram, functions.lit(share));
  }

  @SuppressWarnings("unchecked") // Scala's Array[Long] is long[], which Java's generics cannot say.
  private static Encoder<long[]> triples() {
    return (Encoder<long[]>)
        (Encoder<?>)
            new AgnosticEncoders.ArrayEncoder<>(
                AgnosticEncoders.PrimitiveLongEncoder$.MODULE$, false);
  }

  private static Double percentileOf(Seq<Long> histogram, Double share) {
    if (histogram == null || histogram.isEmpty()) {
      return null;
    }
    return LogHistogram.percentile(triples(histogram), share);
  }

  /** A histogram as rows give it. */
  static long[] triples(Seq<Long> histogram) {
    long[] triples = new long[histogram.length()];
    for (int at = 0; at < triples.length; at++) {
      triples[at] = histogram.apply(at);
    }
    return triples;
  }

  /** A histogram as rows take it. */
  static Object value(long[] triples) {
    return new ArraySeq.ofLong(triples);
  }

  /** What both folds share: histograms add up. */
  private abstract static class Histogram<T> extends Aggregator<T, long[], long[]> {

    private static final long serialVersionUID = 1L;

    @Override
    public long[] zero() {
      return LogHistogram.EMPTY;
    }

    @Override
    public long[] merge(long[] left, long[] right) {
      return LogHistogram.addAll(left, right);
    }

    @Override
    public long[] finish(long[] triples) {
      return LogHistogram.withoutEmptyBuckets(triples);
    }

    @Override
    public Encoder<long[]> bufferEncoder() {
      return TRIPLES;
    }

    @Override
    public Encoder<long[]> outputEncoder() {
      return TRIPLES;
    }
  }

  private static final class OfValues extends Histogram<Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public long[] reduce(long[] triples, Long number) {
      return number == null ? triples : LogHistogram.add(triples, number);
    }
  }

  private static final class OfHistograms extends Histogram<long[]> {

    private static final long serialVersionUID = 1L;

    @Override
    public long[] reduce(long[] triples, long[] others) {
      return others == null || others.length == 0 ? triples : LogHistogram.addAll(triples, others);
    }
  }
}
