package dev.nightdesk.contract;

/**
 * A contract that cannot be read, or that code or data breaks. The message says problem, cause and
 * cure.
 */
public final class ContractViolation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ContractViolation(String message) {
    super(message);
  }

  public ContractViolation(String message, Throwable cause) {
    super(message, cause);
  }
}
