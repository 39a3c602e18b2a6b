package dev.nightdesk.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorRolesTest {

  private static final AuthorRoles ROLES =
      new AuthorRoles(
          Map.of(
              "h:ever", List.of(),
              "h:left",
                  List.of(
                      new AuthorRoles.Role(200L, AuthorClass.CUSTOMER),
                      new AuthorRoles.Role(100L, AuthorClass.AGENT))),
          Set.of("h:rule", "h:ever2"));

  @Test
  void theRecordsOwnWordWins() {
    assertThat(ROLES.classOf("customer", "h:rule", 0)).isEqualTo(AuthorClass.CUSTOMER);
  }

  @Test
  void aConfiguredBotIsABot() {
    assertThat(ROLES.classOf(null, "h:rule", 0)).isEqualTo(AuthorClass.BOT);
  }

  @Test
  void theRoleOfTheTimeCounts() {
    assertThat(List.of(99L, 100L, 199L, 200L))
        .extracting(at -> ROLES.classOf(null, "h:left", at))
        .containsExactly(
            AuthorClass.CUSTOMER, AuthorClass.AGENT, AuthorClass.AGENT, AuthorClass.CUSTOMER);
    assertThat(ROLES.classOf(null, "h:ever", 0)).isEqualTo(AuthorClass.AGENT);
  }

  @Test
  void whoIsNoAgentIsACustomerAndNobodyIsUnknown() {
    assertThat(ROLES.classOf(null, "h:else", 0)).isEqualTo(AuthorClass.CUSTOMER);
    assertThat(ROLES.classOf(null, null, 0)).isEqualTo(AuthorClass.UNKNOWN);
  }
}
