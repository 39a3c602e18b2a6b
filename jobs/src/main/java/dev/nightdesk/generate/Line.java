package dev.nightdesk.generate;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** One record as a line of JSON. Fields without a value are left out. Used over and over. */
final class Line {

  private final ByteHeap bytes = new ByteHeap();
  private final JsonGenerator json;
  private Entity entity;

  Line() {
    try {
      json = new JsonFactory().createGenerator(bytes, JsonEncoding.UTF8);
      json.setRootValueSeparator(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new record. */
  Line begin(Entity of) {
    entity = of;
    bytes.clear();
    return write(json::writeStartObject);
  }

  Entity entity() {
    return entity;
  }

  Line text(String field, String value) {
    return value == null ? this : write(() -> json.writeStringField(field, value));
  }

  Line id(String field, long value) {
    return write(() -> json.writeStringField(field, Long.toString(value)));
  }

  /** Zero for none: no generated id is zero. */
  Line optionalId(String field, long value) {
    return value == 0 ? this : id(field, value);
  }

  Line instant(String field, long value) {
    return text(field, Instants.iso(value));
  }

  /** Zero for none. */
  Line optionalInstant(String field, long value) {
    return value == 0 ? this : instant(field, value);
  }

  Line number(String field, long value) {
    return write(() -> json.writeNumberField(field, value));
  }

  /** A number with two decimals, given in hundredths. */
  Line hundredths(String field, long value) {
    return write(() -> json.writeNumberField(field, BigDecimal.valueOf(value, 2)));
  }

  /** Written only if true: absent means no. */
  Line flag(String field, boolean value) {
    return value ? write(() -> json.writeBooleanField(field, true)) : this;
  }

  Line no(String field) {
    return write(() -> json.writeBooleanField(field, false));
  }

  Line beginList(String field) {
    return write(() -> json.writeArrayFieldStart(field));
  }

  Line item(String value) {
    return write(() -> json.writeString(value));
  }

  Line endList() {
    return write(json::writeEndArray);
  }

  Line beginItem() {
    return write(json::writeStartObject);
  }

  Line endItem() {
    return write(json::writeEndObject);
  }

  /** The finished record with its line end. */
  ByteHeap end() {
    write(json::writeEndObject);
    write(json::flush);
    bytes.write('\n');
    return bytes;
  }

  private interface Step {
    void run() throws IOException;
  }

  private Line write(Step step) {
    try {
      step.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
