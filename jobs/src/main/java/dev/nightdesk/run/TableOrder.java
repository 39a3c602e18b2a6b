package dev.nightdesk.run;

import dev.nightdesk.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of many tables can be made next, for several writers at once: of those whose inputs are
 * there, the first of the list.
 */
final class TableOrder {

  private final Set<String> made;
  private final List<Table> waiting;
  private boolean isStopped;

  /**
   * @param tables in the order in which they are wanted, each behind the tables that it is made of
   * @param available names of inputs that are there already
   * @throws IllegalArgumentException if a table needs what is neither available nor before it
   */
  TableOrder(List<Table> tables, Set<String> available) {
    this.made = new HashSet<>(available);
    this.waiting = new ArrayList<>(tables);
    Set<String> known = new HashSet<>(available);
    for (Table table : tables) {
      if (!known.containsAll(table.inputs())) {
        throw new IllegalArgumentException(
            "Table %s declares the inputs %s, but only %s are built before it. Move it behind its inputs in Warehouse."
                .formatted(table.name(), table.inputs(), known));
      }
      known.add(table.name());
    }
  }

  /** The tables of a list that others of it are made of. */
  static Set<String> inputsAmong(List<Table> tables) {
    Set<String> names = tables.stream().map(Table::name).collect(Collectors.toSet());
    return tables.stream()
        .flatMap(table -> table.inputs().stream())
        .filter(names::contains)
        .collect(Collectors.toSet());
  }

  /** Waits until a table can be made; null if none is left, or after {@link #stop}. */
  synchronized Table next() throws InterruptedException {
    while (!isStopped && !waiting.isEmpty()) {
      for (Table table : waiting) {
        if (made.containsAll(table.inputs())) {
          waiting.remove(table);
          return table;
        }
      }
      // Some other writer makes what the rest is made of: the order of the list was checked.
      wait();
    }
    return null;
  }

  /** A table is there, and what is made of it can begin. */
  synchronized void made(Table table) {
    made.add(table.name());
    notifyAll();
  }

  /** Nothing new begins. */
  synchronized void stop() {
    isStopped = true;
    notifyAll();
  }
}
