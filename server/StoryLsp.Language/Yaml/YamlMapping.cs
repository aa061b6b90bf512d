using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>A mapping, in the order written; a key that is written twice is there twice.</summary>
public sealed class YamlMapping : YamlNode
{
    /// <summary>Makes a mapping.</summary>
    /// <param name="span">From its first key (or bracket) to the end of its last value (or bracket).</param>
    /// <param name="entries">The entries in the order written.</param>
    /// <param name="isFlow">Whether it is written in braces.</param>
    /// <param name="tag">The resolved tag, or null.</param>
    /// <param name="anchor">The anchor's name, or null.</param>
    public YamlMapping(
        TextSpan span, IReadOnlyList<YamlEntry> entries, bool isFlow, string? tag = null, string? anchor = null)
        : base(span, tag, anchor)
    {
        Entries = entries;
        IsFlow = isFlow;
    }

    /// <summary>The entries in the order written.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>Whether it is written in braces.</summary>
    public bool IsFlow { get; }

    /// <summary>The first entry whose key is a scalar of this value, or null.</summary>
    /// <param name="key">The key's value.</param>
    /// <param name="comparison">How keys are compared.</param>
    public YamlEntry? Find(string key, StringComparison comparison = StringComparison.Ordinal)
    {
        foreach (YamlEntry entry in Entries)
        {
            if (entry.Key is YamlScalar scalar && string.Equals(scalar.Value, key, comparison))
            {
                return entry;
            }
        }

        return null;
    }
}

/// <summary>A key of a mapping and its value.</summary>
public sealed class YamlEntry
{
    /// <summary>Makes an entry.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; an absent one is an empty scalar right after the colon.</param>
    /// <param name="span">From the key's beginning (or <c>?</c>) to the value's end.</param>
    public YamlEntry(YamlNode key, YamlNode value, TextSpan span)
    {
        Key = key;
        Value = value;
        Span = span;
    }

    /// <summary>The key; mostly a scalar.</summary>
    public YamlNode Key { get; }

    /// <summary>The value; an absent one is an empty scalar of length zero right after the colon.</summary>
    public YamlNode Value { get; }

    /// <summary>From the key's beginning (or <c>?</c>) to the value's end, in UTF-16 code units of the whole text.</summary>
    public TextSpan Span { get; }
}
