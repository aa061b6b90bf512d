using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>A name in prose, and what it means.</summary>
/// <param name="Span">The name with its title, without a possessive ending, in UTF-16 code units.</param>
/// <param name="Who">What it means; null where that is not one thing.</param>
internal readonly record struct NamedPlace(TextSpan Span, ContainerKey? Who);

/// <summary>What a part of a sentence is.</summary>
internal enum TokenKind : byte
{
    /// <summary>A word.</summary>
    Word,

    /// <summary>A number in digits.</summary>
    Number,

    /// <summary>A mark: comma, full stop, dash, bracket.</summary>
    Mark,

    /// <summary>A hyphen between two words, without spaces.</summary>
    Hyphen,

    /// <summary>The ending of a possessive: <c>'s</c>, or the apostrophe alone.</summary>
    Possessive,

    /// <summary>A name that is known.</summary>
    Name,

    /// <summary>Speech, with its quotation marks.</summary>
    Speech,
}

/// <summary>A part of a sentence.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands, in UTF-16 code units of the document.</param>
/// <param name="Who">For a name what it means, where that is one thing.</param>
internal readonly record struct ProseToken(TokenKind Kind, TextSpan Span, ContainerKey? Who = null);
