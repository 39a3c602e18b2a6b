package dev.nightdesk.io;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.s3a.AWSBadRequestException;
import org.apache.hadoop.fs.s3a.AWSRedirectException;
import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;

/** What is wrong with a store of files, in words for whoever configured it. */
public final class StorageProblems {

  /** Where the client begins to say everything once more. */
  private static final Pattern ATTEMPTS = Pattern.compile(" ?\\(SDK Attempt Count: ");

  private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*Exception: ?");

  private StorageProblems() {}

  /** The cause and the cure, if a failure is one of the store; empty for any other. */
  public static Optional<String> inWords(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String cure = cure(cause);
      if (cure != null) {
        return Optional.of(
            "The object store cannot be used: %s %s".formatted(sentence(cause), cure));
      }
    }
    return Optional.empty();
  }

  private static String cure(Throwable cause) {
    if (cause instanceof UnknownStoreException) {
      return "Correct the bucket in raw or warehouse, or make it.";
    }
    if (cause instanceof NoAuthWithAWSException
        || cause instanceof CredentialInitializationException) {
      return "Give credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, a"
          + " profile, or a role of the machine.";
    }
    if (cause instanceof AccessDeniedException denied
        && String.valueOf(denied.getFile()).startsWith("s3a:")) {
      return "Correct the credentials, or have them allowed to list, read, write and delete there.";
    }
    if (cause instanceof AWSRedirectException || cause instanceof AWSBadRequestException) {
      return "Correct fs.s3a.endpoint.region under hadoop: it is that of the bucket.";
    }
    if (cause instanceof UnknownHostException || cause instanceof ConnectException) {
      return "Correct fs.s3a.endpoint under hadoop, or wait until the store answers.";
    }
    return null;
  }

  /** What a store said, without what the layers of its client put around it. */
  private static String sentence(Throwable cause) {
    String first = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    Matcher repeated = ATTEMPTS.matcher(first);
    String said = repeated.find() ? first.substring(0, repeated.start()) : first;
    String plain = CLASS.matcher(said).replaceAll("").strip();
    return plain.endsWith(".") ? plain : plain + ".";
  }
}
