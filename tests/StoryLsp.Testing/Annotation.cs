using System.Globalization;

namespace StoryLsp.Testing;

/// <summary>What is said of one scene or chapter of a novel, and where.</summary>
/// <param name="Offset">The offset of its first word, in UTF-16 code units.</param>
/// <param name="Words">The words that stand there.</param>
/// <param name="Heading">The heading that is put in before the fence, or null where the novel has one.</param>
/// <param name="Yaml">The lines of the fence.</param>
internal sealed record Annotation(int Offset, string Words, string? Heading, IReadOnlyList<string> Yaml)
{
    private const string IdKey = "id: ";

    /// <summary>The written id.</summary>
    public string Id { get; } = Yaml.First(line => line.StartsWith(IdKey, StringComparison.Ordinal))[IdKey.Length..];

    /// <summary>The Markdown that is put in, with LF.</summary>
    public string Markdown() => $"{(Heading is null ? "" : Heading + "\n\n")}```story\n{string.Join('\n', Yaml)}\n```\n\n";

    /// <summary>Reads blocks <c>@ OFFSET WORDS</c>, an optional heading, YAML. Lines before the first block are a comment.</summary>
    public static List<Annotation> ReadAll(IEnumerable<string> lines)
    {
        var result = new List<Annotation>();
        string? head = null;
        var body = new List<string>();
        foreach (var line in lines.Where(line => line.Length > 0).Append("@"))
        {
            if (!line.StartsWith('@'))
            {
                body.Add(line);
                continue;
            }

            if (head is not null)
            {
                result.Add(Read(head, body));
            }

            head = line;
            body = [];
        }

        return result;
    }

    private static Annotation Read(string head, List<string> body)
    {
        var parts = head.Split(' ', 3);
        var heading = body[0].StartsWith('#') ? body[0] : null;
        return new(int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], heading, heading is null ? body : body[1..]);
    }
}
