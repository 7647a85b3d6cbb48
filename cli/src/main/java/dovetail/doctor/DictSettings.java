package dovetail.doctor;

import java.nio.file.Path;
import java.util.List;

/** What Dovecot 2.3 is to be told of Dovetail's dicts. */
final class DictSettings {
  private static final List<String> NEEDED =
      List.of(
          "iterate_prefix = userdb/",
          "key = passdb/%Ls/%u",
          "key = userdb/%u",
          "format = json",
          "passdb_objects = passdb",
          "userdb_objects = userdb");

  private DictSettings() {}

  /** The file that the passdb and the userdb name. */
  static String file(Path socket) {
    return """
    uri = proxy:%s:dovetail
    iterate_prefix = userdb/
    key passdb {
      key = passdb/%%Ls/%%u
      format = json
    }
    key userdb {
      key = userdb/%%u
      format = json
    }
    passdb_objects = passdb
    userdb_objects = userdb
    """
        .formatted(socket);
  }

  static boolean isComplete(String text) {
    return missing(text).isEmpty();
  }

  /** The lines that the file lacks. */
  static List<String> missing(String text) {
    List<String> lines =
        text.lines().map(line -> line.strip().replaceAll("\\s*=\\s*", " = ")).toList();
    return NEEDED.stream().filter(line -> !lines.contains(line)).toList();
  }

  static String passdb(Path file) {
    return """
    passdb {
      driver = dict
      args = %s
    }
    """
        .formatted(file);
  }

  static String userdb(Path file) {
    return """
    userdb {
      driver = prefetch
    }
    userdb {
      driver = dict
      args = %s
    }
    """
        .formatted(file);
  }

  static String quota(Path socket) {
    return """
    mail_plugins = $mail_plugins quota quota_clone
    plugin {
      quota = count:User quota
      quota_vsizes = yes
      quota_clone_dict = proxy:%s:dovetail
    }
    """
        .formatted(socket);
  }
}
