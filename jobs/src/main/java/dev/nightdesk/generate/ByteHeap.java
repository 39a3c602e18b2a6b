package dev.nightdesk.generate;

import java.io.ByteArrayOutputStream;

/** Bytes in memory that another heap takes over without a copy in between. */
final class ByteHeap extends ByteArrayOutputStream {

  void clear() {
    count = 0;
  }

  void append(ByteHeap other) {
    write(other.buf, 0, other.count);
  }
}
