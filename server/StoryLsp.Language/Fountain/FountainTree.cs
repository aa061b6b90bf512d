using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Fountain;

/// <summary>A Fountain script with exact spans (fountain.io/syntax). Parsing never fails.</summary>
public sealed class FountainTree
{
    /// <summary>The title page's keys and values, in order; keys keep their spelling.</summary>
    public IReadOnlyList<FountainTitle> TitlePage { get; init; } = [];

    /// <summary>The title page, or an empty span at 0.</summary>
    public TextSpan TitlePageSpan { get; init; }

    /// <summary>Scenes in order.</summary>
    public IReadOnlyList<FountainScene> Scenes { get; init; } = [];

    /// <summary>Prose: action, dialogue, lyrics; without boneyard, notes and synopses.</summary>
    public IReadOnlyList<TextSpan> Prose { get; init; } = [];

    /// <summary>Notes <c>[[like this]]</c> and boneyard <c>/* like this */</c>.</summary>
    public IReadOnlyList<TextSpan> Comments { get; init; } = [];
}

/// <summary>One entry of the title page.</summary>
/// <param name="Key">As written, without the colon.</param>
/// <param name="KeySpan">The key.</param>
/// <param name="Value">The value; lines joined by a line feed.</param>
/// <param name="ValueSpan">The value.</param>
public sealed record FountainTitle(string Key, TextSpan KeySpan, string Value, TextSpan ValueSpan);

/// <summary>A scene of a script.</summary>
public sealed class FountainScene
{
    /// <summary>The heading without a forcing dot and without its scene number: <c>INT. LIBRARY - NIGHT</c>.</summary>
    public required string Heading { get; init; }

    /// <summary>The heading.</summary>
    public required TextSpan HeadingSpan { get; init; }

    /// <summary>The place's name: between <c>INT.</c>/<c>EXT.</c> and the last <c> - </c>; null where there is none.</summary>
    public NameFact? Place { get; init; }

    /// <summary>What stands behind the last <c> - </c>, as <c>NIGHT</c>; null without.</summary>
    public NameFact? TimeOfDay { get; init; }

    /// <summary>The written number between number signs, else the scene's number in the script, from 1.</summary>
    public required string Number { get; init; }

    /// <summary>From the heading to the next heading.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The synopsis line (<c>= text</c>) that follows, or null.</summary>
    public NameFact? Synopsis { get; init; }

    /// <summary>Who speaks: the character cues without extensions, once each place.</summary>
    public IReadOnlyList<NameFact> Cues { get; init; } = [];
}
