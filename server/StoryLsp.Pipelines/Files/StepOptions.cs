using System.Globalization;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Files;

/// <summary>The options of one step as they are written; each fault becomes a problem with its place.</summary>
internal sealed class StepOptions(string step, YamlMapping? mapping, TextSpan at, List<PipelineProblem> problems)
{
    /// <summary>Where the step's own word stands.</summary>
    public TextSpan At => at;

    /// <summary>Tells of every key that the step does not have.</summary>
    public void Allow(params ReadOnlySpan<string> keys)
    {
        foreach (var entry in mapping?.Entries ?? [])
        {
            var key = entry.Key.AsText() ?? "";
            if (!keys.Contains(key))
            {
                Problem(entry.Key.Span, keys.Length == 0
                    ? $"The step `{step}` has no options. Take `{key}` away."
                    : $"The step `{step}` has no `{key}`. {Nearest.Of(key, keys)}It has {Words.List(keys)}.");
            }
        }
    }

    public YamlNode? Node(string key) => mapping.Get(key);

    public TextSpan SpanOf(string key) => mapping.Get(key)?.Span ?? at;

    public void Problem(TextSpan span, string message) => problems.Add(new(span, message));

    public string? Text(string key)
    {
        if (mapping.Get(key) is not { } node)
        {
            return null;
        }

        if (node.AsText() is { } text && text.Trim().Length > 0)
        {
            return text;
        }

        Problem(node.Span, $"`{key}` of the step `{step}` is a text.");
        return null;
    }

    public string Required(string key, string example)
    {
        if (mapping.Get(key) is null)
        {
            Problem(at, $"The step `{step}` needs `{key}`, {example}.");
        }

        return Text(key) ?? "";
    }

    public bool Flag(string key, bool otherwise)
    {
        if (mapping.Get(key) is not { } node)
        {
            return otherwise;
        }

        if (node.AsBoolean() is { } flag)
        {
            return flag;
        }

        Problem(node.Span, $"`{key}` is true or false.");
        return otherwise;
    }

    public int? Whole(string key, int least, int most)
    {
        if (mapping.Get(key) is not { } node)
        {
            return null;
        }

        if (int.TryParse(node.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem(node.Span, $"`{key}` is a whole number from {least} to {most}.");
        return null;
    }

    public double? Number(string key, double least, double most)
    {
        if (mapping.Get(key) is not { } node)
        {
            return null;
        }

        if (double.TryParse(node.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem(node.Span, FormattableString.Invariant($"`{key}` is a number from {least} to {most}."));
        return null;
    }

    public TimeSpan? Seconds(string key) => Whole(key, 1, 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public T Choice<T>(string key, T otherwise, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (mapping.Get(key) is not { } node)
        {
            return otherwise;
        }

        var words = new List<string>();
        foreach (var (word, value) in choices)
        {
            if (word == node.AsText()?.Trim())
            {
                return value;
            }

            words.Add(word);
        }

        Problem(node.Span, $"`{key}` of the step `{step}` is one of {Words.List([.. words])}.");
        return otherwise;
    }

    public IReadOnlyList<string> Texts(string key, params ReadOnlySpan<string> known)
    {
        var result = new List<string>();
        foreach (var node in mapping.Get(key).AsList())
        {
            if (node.AsText()?.Trim() is { } word && known.Contains(word))
            {
                result.Add(word);
            }
            else
            {
                Problem(node.Span, $"`{node.AsText()}` is nothing that a context can include. {Nearest.Of(node.AsText() ?? "", known)}It may include {Words.List(known)}.");
            }
        }

        return result;
    }
}

/// <summary>Words in a sentence.</summary>
internal static class Words
{
    /// <summary><c>`a`, `b` and `c`</c>.</summary>
    public static string List(ReadOnlySpan<string> words)
    {
        var quoted = new List<string>();
        foreach (var word in words)
        {
            quoted.Add("`" + word + "`");
        }

        return quoted.Count < 2 ? string.Concat(quoted) : string.Join(", ", quoted.Take(quoted.Count - 1)) + " and " + quoted[^1];
    }
}

/// <summary>The known word that somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary><c>Did you mean `x`? </c>, or nothing.</summary>
    public static string Of(string written, ReadOnlySpan<string> known)
    {
        var (best, least) = ("", int.MaxValue);
        foreach (var word in known)
        {
            var distance = Distance(written.ToLowerInvariant(), word);
            if (distance <= (word.Length > 4 ? 2 : 1) && distance < least)
            {
                (best, least) = (word, distance);
            }
        }

        return best.Length > 0 ? $"Did you mean `{best}`? " : "";
    }

    // The distance of Levenshtein, row by row; the words are short.
    private static int Distance(string a, string b)
    {
        if (a.Length > 40)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[b.Length];
    }
}
