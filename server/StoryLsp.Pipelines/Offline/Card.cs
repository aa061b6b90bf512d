using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Offline;

/// <summary>A container as a prompt tells of it, in lines of <c>key: value</c>.</summary>
/// <param name="Reason">Why it is told of.</param>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
internal sealed record Card(string Reason, string Type, string Name)
{
    /// <summary>The cards among the fenced data of a prompt.</summary>
    public static IReadOnlyList<Card> Of(IEnumerable<FencedData> data)
    {
        var result = new List<Card>();
        foreach (var part in data)
        {
            if (Value(part.Text, "type") is { } type && Value(part.Text, "name") is { } name)
            {
                result.Add(new(part.Label.Split(':')[0].Trim(), type, name));
            }
        }

        return result;
    }

    private static string? Value(string text, string key)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(key + ":", StringComparison.Ordinal) && line[(key.Length + 1)..].Trim() is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
