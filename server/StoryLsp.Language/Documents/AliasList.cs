using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>Aliases in one line of text with commas between them, as Obsidian used to write them: <c>aliases: Ada, The Weaver</c>.</summary>
internal static class AliasList
{
    private const int MostWords = 3;

    /// <summary>The aliases, each with its own place; one where the commas belong to it.</summary>
    /// <param name="scalar">The value of the field.</param>
    /// <param name="text">The text that it stands in.</param>
    /// <param name="isProperty">Whether it is a property of a note, where a comma always divides.</param>
    public static IEnumerable<NameFact> Read(YamlScalar scalar, SourceText text, bool isProperty)
    {
        // Only where the value is written as it reads, every alias has a place of its own.
        var written = text.Slice(scalar.ContentSpan);
        var parts = written.Split(',');
        if (parts.Length == 1 || written != scalar.Value || !(isProperty || (scalar.Style == YamlScalarStyle.Plain && Array.TrueForAll(parts, IsShort))))
        {
            return [new(scalar.Value.Trim(), scalar.ContentSpan)];
        }

        var result = new List<NameFact>(parts.Length);
        var start = scalar.ContentSpan.Start;
        foreach (var part in parts)
        {
            if (!string.IsNullOrWhiteSpace(part))
            {
                result.Add(new(part.Trim(), new(start + part.Length - part.TrimStart().Length, part.Trim().Length)));
            }

            start += part.Length + 1;
        }

        return result;
    }

    // A sentence has commas of its own.
    private static bool IsShort(string part) => part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostWords;
}
