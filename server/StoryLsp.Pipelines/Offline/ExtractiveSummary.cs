using StoryLsp.Language.Prose;

namespace StoryLsp.Pipelines.Offline;

/// <summary>Picks the sentences of a text that carry most of it, in their order, unchanged.</summary>
public static class ExtractiveSummary
{
    private const int MostSentences = 3;
    private const int ShortestWord = 4;

    /// <summary>How many characters of a script without spaces count as a word.</summary>
    private const int UnitsOfWord = 2;

    /// <summary>At most three sentences and <paramref name="mostWords"/> words; empty for a text without sentences. A first sentence that is longer is cut at a word.</summary>
    public static string Of(string text, int mostWords)
    {
        var spans = Sentences.Of(text);
        var spoken = Speech.In(text, spans);
        var sentences = spans.Select((span, i) => (Text: Plain(text.Substring(span.Start, span.Length)), IsSpoken: spoken[i])).Where(sentence => sentence.Text.Length > 0).ToList();
        var narrated = sentences.Where(sentence => !sentence.IsSpoken && IsWhole(sentence.Text)).Select(sentence => sentence.Text).ToList();
        var pool = narrated.Count >= MostSentences ? narrated : [.. sentences.Select(sentence => sentence.Text)];
        var weights = Frequencies(pool);
        var ranked = Enumerable.Range(0, pool.Count).Select(i => (Index: i, Score: Score(pool[i], weights))).OrderByDescending(item => item.Score).ThenBy(item => item.Index).Select(item => item.Index).ToList();
        var chosen = Choose(pool, ranked, mostWords);
        return chosen.Count > 0 ? Join(chosen.Select(index => pool[index])) : Cut(pool.FirstOrDefault() ?? "", mostWords);
    }

    // One sentence from each third of the scene tells where it starts, what happens and what has changed; what is left is filled with the best.
    private static SortedSet<int> Choose(List<string> pool, List<int> ranked, int mostWords)
    {
        var chosen = new SortedSet<int>();
        var words = 0;
        for (var third = 0; third <= MostSentences; third++)
        {
            foreach (var index in ranked)
            {
                var isHere = third == MostSentences || ((long)index * MostSentences / pool.Count == third && LengthOf(pool[index]) <= mostWords / 2);
                if (isHere && chosen.Count < MostSentences && !chosen.Contains(index) && words + LengthOf(pool[index]) <= mostWords)
                {
                    chosen.Add(index);
                    words += LengthOf(pool[index]);
                    if (third < MostSentences)
                    {
                        break;
                    }
                }
            }
        }

        return chosen;
    }

    private static string Join(IEnumerable<string> sentences)
    {
        var result = new System.Text.StringBuilder();
        foreach (var sentence in sentences)
        {
            // Scripts without spaces between words have none between sentences.
            result.Append(result.Length == 0 || IsWithoutSpaces(result[^1]) ? "" : " ").Append(sentence);
        }

        return result.ToString();
    }

    private static string Cut(string sentence, int mostWords)
    {
        if (!sentence.Any(IsWithoutSpaces))
        {
            return string.Join(' ', sentence.Split(' ').Take(mostWords));
        }

        var end = Math.Min(sentence.Length, mostWords * UnitsOfWord);
        return sentence[..(end < sentence.Length && char.IsLowSurrogate(sentence[end]) ? end - 1 : end)];
    }

    /// <summary>The length in words.</summary>
    private static int LengthOf(string sentence) =>
        sentence.Any(IsWithoutSpaces) ? (sentence.Length + UnitsOfWord - 1) / UnitsOfWord : sentence.Count(unit => unit == ' ') + 1;

    // Kana, Chinese characters and their punctuation.
    private static bool IsWithoutSpaces(char unit) => unit is (>= '\u3000' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFFEF');

    /// <summary>A sentence in one line, without the marks of Markdown.</summary>
    internal static string Plain(string sentence) =>
        string.Join(' ', sentence.Replace("*", "", StringComparison.Ordinal).Replace("[[", "", StringComparison.Ordinal).Replace("]]", "", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('#', '>', ' ');

    // Half a sentence before a speech, or two words, tell a reader little.
    private static bool IsWhole(string sentence) => LengthOf(sentence) > 4 && sentence[^1] is not (':' or ',' or ';' or '—');

    private static Dictionary<string, int> Frequencies(List<string> sentences)
    {
        var result = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in sentences.SelectMany(WordsOf).Where(word => word.Length >= ShortestWord))
        {
            result[word] = result.GetValueOrDefault(word) + 1;
        }

        return result;
    }

    // Frequent words count, short sentences are preferred to long ones, and a sentence that names somebody to one that says "he".
    private static double Score(string sentence, Dictionary<string, int> weights)
    {
        var words = WordsOf(sentence).ToList();
        var sum = words.Where(word => word.Length >= ShortestWord).Distinct(StringComparer.OrdinalIgnoreCase).Sum(word => Math.Log(1 + weights[word]));
        var names = words.Skip(1).Any(word => word.Length > 1 && char.IsUpper(word[0])) ? 1.3 : 1.0;
        return names * sum / Math.Pow(Math.Max(words.Count, 8), 0.75);
    }

    private static IEnumerable<string> WordsOf(string sentence) =>
        sentence.Split(' ').Select(word => word.Trim([.. ".,;:!?…\"'“”‘’()[]—–-"])).Where(word => word.Length > 0);
}
