import io.github.sparklatent.scoring.Scorer;
import io.github.sparklatent.scoring.ScoredRow;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Prints the anomaly score, the severity and the reasons of each row of a table of comma-separated texts. */
public class ScoreProgram {
    public static void main(String[] args) throws Exception {
        Scorer scorer = Scorer.load(Path.of(args[0]));
        try (BufferedReader lines = Files.newBufferedReader(Path.of(args[1]))) {
            String[] names = lines.readLine().split(",");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] texts = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], texts[i]);
                }
                ScoredRow scored = scorer.score(row);
                System.out.println(scored.anomalyScore() + " " + scored.severity() + " " + scored.contributions());
            }
        }
    }
}
