import dev.faultline.checker.Budget;
import dev.faultline.checker.ImportedCheck;
import dev.faultline.history.formats.Formats;
import java.nio.file.Path;
import java.util.Map;

class Check {
  public static void main(String[] args) throws Exception {
    var history = Formats.read(Path.of(args[0]), null, Long.MAX_VALUE);
    System.out.println(ImportedCheck.of(history, Map.of(), Budget::standard).verdict());
  }
}
