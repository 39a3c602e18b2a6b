package dev.nightdesk.logic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs of public messages of one author class. Notes, bots and unknown authors do not break a run.
 * All agent lines of one chat session are one exchange, whatever the customer writes between them.
 */
final class Exchanges {

  /** Per entry of a ticket, in order, whether it starts an exchange. */
  static boolean[] starts(List<Entry> entries) {
    boolean[] starts = new boolean[entries.size()];
    Set<String> servedSessions = new HashSet<>();
    AuthorClass running = null;
    for (int i = 0; i < starts.length; i++) {
      if (entries.get(i) instanceof Message message
          && (message.isPublicBy(AuthorClass.CUSTOMER) || message.isPublicBy(AuthorClass.AGENT))) {
        boolean isServedSession =
            message.authorClass() == AuthorClass.AGENT
                && message.chatSessionId() != null
                && !servedSessions.add(message.chatSessionId());
        starts[i] = message.authorClass() != running && !isServedSession;
        running = message.authorClass();
      }
    }
    return starts;
  }

  /**
   * Agents' exchanges that start up to and including a position. The message that opens an outbound
   * ticket is no answer to anybody, so it starts none. An answered call is an exchange of its own
   * and leaves runs of messages as they are.
   */
  static long humanExchanges(Timeline timeline, boolean[] starts, int lastPosition) {
    long count = 0;
    for (int i = 0; i <= lastPosition; i++) {
      if (starts[i] && timeline.isAgentContribution(i)
          || timeline.entries().get(i) instanceof AnsweredCall) {
        count++;
      }
    }
    return count;
  }

  private Exchanges() {}
}
