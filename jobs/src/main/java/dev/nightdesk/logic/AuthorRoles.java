package dev.nightdesk.logic;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who was what, when. */
public final class AuthorRoles implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Map<String, List<Role>> roles;
  private final Set<String> botKeys;

  /**
   * The roles of a warehouse.
   *
   * @param roles per agent key its roles; an empty list means an agent since ever
   * @param botKeys who is a bot whatever its role says
   */
  public AuthorRoles(Map<String, List<Role>> roles, Set<String> botKeys) {
    this.roles = new HashMap<>();
    roles.forEach(
        (key, list) ->
            this.roles.put(
                key,
                list.stream()
                    .sorted(
                        Comparator.comparing(
                            Role::validFrom, Comparator.nullsFirst(Comparator.naturalOrder())))
                    .toList()));
    this.botKeys = Set.copyOf(botKeys);
  }

  /**
   * A role from one instant on.
   *
   * @param validFrom microseconds; null: from the beginning
   */
  public record Role(Long validFrom, AuthorClass authorClass) implements Serializable {}

  /**
   * What an author was.
   *
   * <p>Before the first of its roles an agent was not staff yet: a customer.
   *
   * @param statedCode the class that the record itself states, which wins; null: none
   * @param authorKey null: unknown
   * @param at microseconds
   */
  public AuthorClass classOf(String statedCode, String authorKey, long at) {
    if (statedCode != null) {
      return AuthorClass.of(statedCode);
    }
    if (authorKey == null) {
      return AuthorClass.UNKNOWN;
    }
    if (botKeys.contains(authorKey)) {
      return AuthorClass.BOT;
    }
    List<Role> known = roles.get(authorKey);
    if (known == null) {
      return AuthorClass.CUSTOMER;
    }
    if (known.isEmpty()) {
      return AuthorClass.AGENT;
    }
    AuthorClass authorClass = AuthorClass.CUSTOMER;
    for (Role role : known) {
      if (role.validFrom() == null || role.validFrom() <= at) {
        authorClass = role.authorClass();
      }
    }
    return authorClass;
  }
}
