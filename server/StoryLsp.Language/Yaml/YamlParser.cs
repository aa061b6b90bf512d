using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Parses YAML 1.2. Never throws and always ends: what is broken costs its own entry and gives an error.</summary>
public static class YamlParser
{
    /// <summary>Parses a whole text.</summary>
    /// <param name="text">The text.</param>
    public static YamlTree Parse(SourceText text) => Parse(text, new TextSpan(0, text.Length));

    /// <summary>Parses a part of a text, such as front matter; spans are offsets in the whole text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="region">The part, which begins at a line's beginning; what lies outside the text is ignored.</param>
    public static YamlTree Parse(SourceText text, TextSpan region)
    {
        int start = Math.Clamp(region.Start, 0, text.Length);
        int end = Math.Clamp(region.End, start, text.Length);
        return new YamlReader(text.Text, start, end).Read();
    }
}
