package dev.nightdesk.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a lease.
 *
 * @param host the machine's name
 * @param processes which processes its pid is one of: of this boot, this container and this user,
 *     because a system may hide those of others; empty where it does not say, so that nobody else
 *     can tell whether the process lives
 * @param pid the process
 * @param processStartedAt when the process began, because pids come again; null where unknown; off
 *     by what the clock was set since the machine began
 * @param runId the run
 * @param command the command, as the user typed its name
 * @param since when it took the lease
 */
record LeaseHolder(
    String host,
    String processes,
    long pid,
    Instant processStartedAt,
    String runId,
    String command,
    Instant since) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Clocks are corrected by less, and no pid comes again so soon. */
  private static final Duration SAME_START = Duration.ofMinutes(1);

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

  /** This process. */
  static LeaseHolder here(String runId, String command, Instant since) {
    ProcessHandle self = ProcessHandle.current();
    return new LeaseHolder(
        hostName(),
        processesHere(),
        self.pid(),
        self.info().startInstant().orElse(null),
        runId,
        command,
        since);
  }

  /** What a claim says; empty if it is not written to its end. */
  static Optional<LeaseHolder> read(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (node == null || !node.hasNonNull("since")) {
        return Optional.empty();
      }
      return Optional.of(
          new LeaseHolder(
              node.path("host").asText(),
              node.path("processes").asText(),
              node.path("pid").asLong(),
              node.hasNonNull("process_started_at")
                  ? Instant.parse(node.get("process_started_at").asText())
                  : null,
              node.path("run_id").asText(),
              node.path("command").asText(),
              Instant.parse(node.get("since").asText())));
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** One line. */
  String json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("host", host);
    node.put("processes", processes);
    node.put("pid", pid);
    node.put("process_started_at", processStartedAt == null ? null : processStartedAt.toString());
    node.put("run_id", runId);
    node.put("command", command);
    // The last field: a claim that has it is whole.
    node.put("since", since.toString());
    return node.toString();
  }

  /**
   * Whether it is certain that the process is gone: it is one of this machine's, and none of them
   * is it.
   */
  boolean isDeadHere() {
    if (processes.isEmpty() || processStartedAt == null || !processes.equals(processesHere())) {
      return false;
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .filter(this::isStart)
        .isEmpty();
  }

  private boolean isStart(Instant startedAt) {
    return Duration.between(processStartedAt, startedAt).abs().compareTo(SAME_START) < 0;
  }

  /** In words, for messages. */
  String text() {
    return "nightdesk %s on %s (process %d, run %s) since %s"
        .formatted(command, host, pid, runId, since);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unknown host";
    }
  }

  private static String processesHere() {
    try {
      return "%s %s %s"
          .formatted(
              Files.readString(BOOT).strip(),
              Files.readSymbolicLink(PROCESSES),
              System.getProperty("user.name"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
