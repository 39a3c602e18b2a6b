package dev.nightdesk.logic;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.nightdesk.table.Definitions.Identity;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Who is the same person across sources: by id, else by e-mail, else by phone.
 *
 * <p>A person with an e-mail is {@code email:<hash>}. Whoever has only a phone is the person with
 * an e-mail whose phone it is, if that is exactly one, else {@code phone:<hash>}. Whoever has
 * neither is the customer key. So a phone that several people share joins nobody, and an empty text
 * never matches.
 */
public final class PersonKeys {

  private PersonKeys() {}

  /** Salted SHA-256 of an e-mail, trimmed and in lower case; null without one. */
  public static Column emailHash(Column email, Identity identity) {
    Column normalised = lower(trim(email));
    return when(normalised.notEqual(""), hash(normalised, identity));
  }

  /** Salted SHA-256 of a phone number in E.164; null without one that can be understood. */
  public static Column phoneHash(Column phone, Identity identity) {
    String region = identity.phoneRegion();
    UDF1<String, String> e164 = text -> PhoneNumbers.e164(text, region);
    return hash(udf(e164, DataTypes.StringType).apply(phone), identity);
  }

  private static Column hash(Column value, Identity identity) {
    return sha2(concat(lit(identity.hashSalt()), value), 256);
  }

  /**
   * Customers with one more column, {@code person_key}, never null.
   *
   * @param customers customer_key, email_hash, phone_hash, and any other columns; one row per
   *     customer
   */
  public static Dataset<Row> ofCustomers(Dataset<Row> customers) {
    // Customers without phone are each a group of their own, not one great one.
    WindowSpec samePhone = Window.partitionBy(coalesce(col("phone_hash"), col("customer_key")));
    Column lowest = min("email_hash").over(samePhone);
    Column highest = max("email_hash").over(samePhone);
    return customers
        .withColumn("_owner_hash", when(lowest.equalTo(highest), lowest))
        .withColumn(
            "person_key",
            coalesce(
                ofEmail(col("email_hash")),
                when(col("phone_hash").isNotNull(), ofEmail(col("_owner_hash"))),
                ofPhone(col("phone_hash")),
                col("customer_key")))
        .drop("_owner_hash");
  }

  /**
   * Rows that name a customer, with one more column, {@code person_key}: the customer key itself of
   * one whom no dump names, null of nobody.
   *
   * @param rows customer_key, and any other columns
   * @param customers customer_key, person_key: one row per known customer
   */
  public static Dataset<Row> ofCustomerKeys(Dataset<Row> rows, Dataset<Row> customers) {
    return Joins.zeroOrOne(rows, personOfCustomer(customers), "customer_key")
        .withColumn("person_key", coalesce(col("_person"), col("customer_key")))
        .drop("_person");
  }

  /**
   * Rows with contact data of their own, with one more column, {@code person_key}: a known customer
   * decides, else the row's e-mail, else its phone, else the customer key; null without any.
   *
   * @param rows customer_key, email_hash, phone_hash, and any other columns
   * @param customers customer_key, email_hash, phone_hash, person_key: one row per known customer
   */
  public static Dataset<Row> ofContacts(Dataset<Row> rows, Dataset<Row> customers) {
    Dataset<Row> owners =
        customers
            .filter(col("phone_hash").isNotNull())
            .groupBy("phone_hash")
            .agg(min("email_hash").as("_lowest"), max("email_hash").as("_highest"))
            .filter(col("_lowest").equalTo(col("_highest")))
            .select(col("phone_hash"), col("_lowest").as("_owner_hash"));
    Dataset<Row> named = Joins.zeroOrOne(rows, personOfCustomer(customers), "customer_key");
    return Joins.zeroOrOne(named, owners, "phone_hash")
        .withColumn(
            "person_key",
            coalesce(
                col("_person"),
                ofEmail(col("email_hash")),
                ofEmail(col("_owner_hash")),
                ofPhone(col("phone_hash")),
                col("customer_key")))
        .drop("_person", "_owner_hash");
  }

  private static Dataset<Row> personOfCustomer(Dataset<Row> customers) {
    return customers.select(col("customer_key"), col("person_key").as("_person"));
  }

  /** The person of an e-mail's hash; null without one. */
  public static Column ofEmail(Column emailHash) {
    return concat(lit("email:"), emailHash);
  }

  /** The person of a phone number's hash, if nobody with an e-mail has it; null without one. */
  public static Column ofPhone(Column phoneHash) {
    return concat(lit("phone:"), phoneHash);
  }
}
