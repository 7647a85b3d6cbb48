package dovetail.cli.opendkim;

import java.util.List;

/** A configuration of opendkim that cannot be read; one line for each thing that is wrong. */
public final class OpenDkimException extends Exception {
  private static final long serialVersionUID = 1;

  OpenDkimException(String problem) {
    super(problem);
  }

  OpenDkimException(String problem, Throwable cause) {
    super(problem, cause);
  }

  OpenDkimException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
