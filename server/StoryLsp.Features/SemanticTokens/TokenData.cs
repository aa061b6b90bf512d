using StoryLsp.Language.Text;

namespace StoryLsp.Features.SemanticTokens;

/// <summary>Tokens as the numbers that editors read: five for each, counted from the token before.</summary>
public static class TokenData
{
    /// <summary>The bit of the modifiers that marks a definition.</summary>
    public const int Definition = 1;

    /// <summary>The bit of the modifiers that marks what should no longer be used.</summary>
    public const int Deprecated = 2;

    /// <summary>Writes tokens, which are in order and on one line each: lines and characters from the one before, length, kind, modifiers.</summary>
    /// <param name="text">The text in which they stand.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="encoding">How the editor counts characters.</param>
    public static int[] Of(SourceText text, IReadOnlyList<NameToken> tokens, PositionEncoding encoding)
    {
        var data = new int[tokens.Count * 5];
        var (line, character, at) = (0, 0, 0);
        foreach (var token in tokens)
        {
            var (start, end) = text.GetRange(token.Span, encoding);
            data[at++] = start.Line - line;
            data[at++] = start.Line == line ? start.Character - character : start.Character;
            data[at++] = end.Character - start.Character;
            data[at++] = (int)token.Kind;
            data[at++] = (token.IsDefinition ? Definition : 0) | (token.IsDeprecated ? Deprecated : 0);
            (line, character) = (start.Line, start.Character);
        }

        return data;
    }
}
