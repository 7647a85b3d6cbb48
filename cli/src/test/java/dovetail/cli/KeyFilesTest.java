package dovetail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root leaves behind in a folder of somebody else. */
class KeyFilesTest {
  @TempDir private Path folder;

  @Test
  void givesNothingAwayThroughALink() throws Exception {
    UserPrincipal root = Files.getOwner(folder);
    assumeTrue(root.getName().equals("root"), "only root gives files away");
    UserPrincipal nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Path target = Files.createFile(folder.resolve("target"));
    Path theirs = Files.createDirectory(folder.resolve("keys"));
    Files.setOwner(theirs, nobody);
    Path link = Files.createSymbolicLink(theirs.resolve("s.pem"), target);
    Path plain = Files.createFile(theirs.resolve("t.pem"));

    KeyFiles.inheritOwner(link);
    KeyFiles.inheritOwner(plain);

    assertThat(Files.getOwner(target)).isEqualTo(root);
    assertThat(Files.getOwner(plain)).isEqualTo(nobody);
  }
}
