using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Settings;

/// <summary>What <c>story.yaml</c> says; every value has the default of a workspace without one.</summary>
public sealed class StorySettings
{
    /// <summary>The settings of a folder without a <c>story.yaml</c>.</summary>
    public static StorySettings None { get; } = new();

    /// <summary>Whether there is a <c>story.yaml</c>.</summary>
    public bool Exists { get; init; }

    /// <summary>The story's title.</summary>
    public string? Title { get; init; }

    /// <summary>The language of the prose, as <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>How many words the whole story should have; null where the file does not say.</summary>
    public long? TargetWords { get; init; }

    /// <summary>Whether <c>status</c> is <c>complete</c>.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Which files are indexed, as globs.</summary>
    public IReadOnlyList<string> Include { get; init; } = ["**/*.md", "**/*.yaml", "**/*.yml", "**/*.fountain"];

    /// <summary>Which files are not, as globs.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Folder name (any case) to type.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>The calendar as written; null: Gregorian.</summary>
    public YamlNode? Calendar { get; init; }

    /// <summary>The manuscript list as written, or null.</summary>
    public YamlNode? Manuscript { get; init; }

    /// <summary>Words that are no names.</summary>
    public IReadOnlyList<string> IgnoredNames { get; init; } = [];

    /// <summary>Rule or group (<c>time/*</c>) to severity; a null severity is off. Later entries win over earlier, a rule over its group.</summary>
    public IReadOnlyList<KeyValuePair<string, Severity?>> Rules { get; init; } = [];

    /// <summary>Collections in bigger files.</summary>
    public IReadOnlyList<CollectionSettings> Collections { get; init; } = [];

    /// <summary>Type, then canonical field, to the keys that this workspace writes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> FieldNames { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>();

    /// <summary>What the workspace says of models.</summary>
    public AiSettings Ai { get; init; } = new();

    /// <summary>Changes whenever a setting changes that facts depend on.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The severity of a rule after the settings: null when it is off.</summary>
    /// <param name="code">The rule.</param>
    /// <param name="given">The severity that the rule gave.</param>
    public Severity? SeverityOf(string code, Severity given)
    {
        Severity? result = given;
        var exact = false;
        foreach (var (pattern, severity) in Rules)
        {
            if (pattern == code)
            {
                result = severity;
                exact = true;
            }
            else if (!exact && Covers(pattern, code))
            {
                result = severity;
            }
        }

        return result;
    }

    /// <summary>Whether a rule or group (<c>time/*</c>, <c>time</c>, <c>*</c>) covers a rule.</summary>
    public static bool Covers(string pattern, string code) =>
        pattern == code || pattern is "*" or "all" ||
        (pattern.EndsWith("/*", StringComparison.Ordinal) && code.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)) ||
        (!pattern.Contains('/') && code.Length > pattern.Length && code[pattern.Length] == '/' && code.StartsWith(pattern, StringComparison.Ordinal));
}

/// <summary>A list or map of containers inside a bigger file.</summary>
/// <param name="Files">Glob of the files.</param>
/// <param name="At">Path of keys to the list or map, separated by dots; empty: the root.</param>
/// <param name="Type">The type of the entries.</param>
/// <param name="Id">The key that holds the id; null: <c>id</c>, then the name.</param>
public sealed record CollectionSettings(string Files, string At, string Type, string? Id);
