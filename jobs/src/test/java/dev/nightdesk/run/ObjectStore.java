package dev.nightdesk.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A server that speaks S3, in a process of its own on this machine.
 *
 * @param folder holds a folder per bucket, and in it the objects as files
 */
record ObjectStore(Process process, int port, Path folder) implements AutoCloseable {

  static final String BUCKET = "desk";
  private static final String KEY = "nightdesk-test";
  private static final String SECRET = "a-canary-that-nobody-may-print";
  private static final Path SERVER = Path.of("target/s3-server");

  /** Starts a server with one empty bucket, and waits until it answers. */
  static ObjectStore start(Path folder) {
    try {
      Path objects = Files.createDirectories(folder.resolve("objects"));
      Files.createDirectories(objects.resolve(BUCKET));
      int port = freePort();
      Path properties =
          Files.writeString(
              folder.resolve("s3.properties"),
              """
              s3proxy.endpoint=http://127.0.0.1:%d
              s3proxy.authorization=aws-v2-or-v4
              s3proxy.identity=%s
              s3proxy.credential=%s
              jclouds.provider=filesystem-nio2
              jclouds.filesystem.basedir=%s
              jclouds.identity=any
              jclouds.credential=any
              """
                  .formatted(port, KEY, SECRET, objects));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  classPath(),
                  "org.gaul.s3proxy.Main",
                  "--properties",
                  properties.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("s3.log").toFile())
              .start();
      ObjectStore store = new ObjectStore(process, port, objects);
      store.await(folder.resolve("s3.log"));
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newer Jackson first: the server's own lacks what its other parts ask for. */
  private static String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(SERVER)) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void await(Path log) throws IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        new Socket("127.0.0.1", port).close();
        return;
      } catch (IOException notYet) {
        try {
          TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw new IllegalStateException("The S3 server does not start: " + Files.readString(log));
  }

  /** Uploads a folder. */
  void put(Path from, String to) {
    Configuration hadoop = new Configuration();
    settings().forEach(hadoop::set);
    hadoop.set("fs.s3a.access.key", KEY);
    hadoop.set("fs.s3a.secret.key", SECRET);
    try (FileSystem files = FileSystem.newInstance(URI.create("s3a://" + BUCKET), hadoop)) {
      files.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(from.toUri()), new org.apache.hadoop.fs.Path("/" + to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its objects lie as files. */
  Path files(String path) {
    return folder.resolve(BUCKET).resolve(path);
  }

  /** What a client must be told besides its credentials. */
  Map<String, String> settings() {
    return Map.of(
        "fs.s3a.endpoint", "http://127.0.0.1:" + port,
        "fs.s3a.endpoint.region", "eu-central-1",
        "fs.s3a.path.style.access", "true");
  }

  /** The credentials, in the environment where the usual provider looks for them. */
  static Map<String, String> credentials() {
    return Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  /** What must be in no log and no file of a warehouse. */
  static String secret() {
    return SECRET;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
