using System.Text.Json;

namespace StoryLsp.Cli.Mcp;

/// <summary>The arguments of a call.</summary>
internal sealed class McpArguments(IDictionary<string, JsonElement>? arguments)
{
    /// <summary>A text that must be there.</summary>
    /// <exception cref="McpFailure">It is not.</exception>
    public string Text(string name) => OptionalText(name) ?? throw new McpFailure($"The argument `{name}` is needed, as a text.");

    /// <summary>A text; null where it is left out or empty.</summary>
    /// <exception cref="McpFailure">It is something else.</exception>
    public string? OptionalText(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        _ => throw new McpFailure($"The argument `{name}` must be a text."),
    };

    /// <summary>A text that may be empty; null where it is left out.</summary>
    public string? WholeText(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A number between bounds, or what is taken where it is left out.</summary>
    /// <exception cref="McpFailure">It is no number.</exception>
    public int Number(string name, int least, int most, int otherwise) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => otherwise,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => Math.Clamp(value, least, most),
        _ => throw new McpFailure($"The argument `{name}` must be a whole number."),
    };

    /// <summary>The objects of a list; empty where it is left out.</summary>
    /// <exception cref="McpFailure">It is something else.</exception>
    public IReadOnlyList<McpArguments> List(string name)
    {
        if (Find(name) is not { ValueKind: not JsonValueKind.Null } list)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. list.EnumerateArray().Select(item => new McpArguments(item.EnumerateObject().DistinctBy(property => property.Name).ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal)))]
            : throw new McpFailure($"The argument `{name}` must be a list of objects.");
    }

    private JsonElement? Find(string name) => arguments is not null && arguments.TryGetValue(name, out var value) ? value : null;
}
