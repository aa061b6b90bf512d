namespace StoryLsp.Pipelines.Steps;

/// <summary>Picks the sentences of a text that carry most of it, in their order, unchanged.</summary>
public static class ExtractiveSummary
{
    private const int MostSentences = 3;
    private const int ShortestWord = 4;

    /// <summary>At most three sentences and <paramref name="mostWords"/> words; empty for a text without sentences. A first sentence that is longer is cut at a word.</summary>
    public static string Of(string text, int mostWords)
    {
        var sentences = Sentences.Of(text).Select(span => Plain(text.Substring(span.Start, span.Length))).Where(sentence => sentence.Length > 0).ToList();
        var narrated = sentences.Where(IsNarration).ToList();
        var pool = narrated.Count >= MostSentences ? narrated : sentences;
        var weights = Frequencies(pool);
        var chosen = new List<int>();
        var words = 0;
        foreach (var index in Enumerable.Range(0, pool.Count).OrderByDescending(i => Score(pool, i, weights)).ThenBy(i => i))
        {
            var count = WordsOf(pool[index]).Count();
            if (chosen.Count < MostSentences && words + count <= mostWords)
            {
                chosen.Add(index);
                words += count;
            }
        }

        return chosen.Count > 0
            ? string.Join(' ', chosen.Order().Select(index => pool[index]))
            : string.Join(' ', (pool.FirstOrDefault() ?? "").Split(' ').Take(mostWords));
    }

    private static string Plain(string sentence) =>
        string.Join(' ', sentence.Replace("*", "", StringComparison.Ordinal).Replace("[[", "", StringComparison.Ordinal).Replace("]]", "", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('#', '>', ' ');

    // Quoted speech without its speaker tells a reader little.
    private static bool IsNarration(string sentence) => sentence.IndexOfAny(['"', '“', '”', '«', '»']) < 0 && WordsOf(sentence).Count() > 4;

    private static Dictionary<string, int> Frequencies(List<string> sentences)
    {
        var result = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in sentences.SelectMany(WordsOf).Where(word => word.Length >= ShortestWord))
        {
            result[word] = result.GetValueOrDefault(word) + 1;
        }

        return result;
    }

    // The beginning and the end of a scene say where it starts and what it changed.
    private static double Score(List<string> sentences, int index, Dictionary<string, int> weights)
    {
        var words = WordsOf(sentences[index]).ToList();
        var sum = words.Where(word => word.Length >= ShortestWord).Distinct(StringComparer.OrdinalIgnoreCase).Sum(word => Math.Log(1 + weights[word]));
        var density = sum / Math.Sqrt(Math.Max(words.Count, 6));
        var place = index == 0 || index >= sentences.Count - 2 ? 1.35 : 1.0;
        return density * place;
    }

    private static IEnumerable<string> WordsOf(string sentence) =>
        sentence.Split(' ').Select(word => word.Trim([.. ".,;:!?…\"'“”‘’()[]—–-"])).Where(word => word.Length > 0);
}
