namespace StoryLsp.Continuity.Prose;

/// <content>Descriptions that go on for longer than the name and the colour.</content>
internal static partial class AttributePhrases
{
    private const int FurthestDescription = 30;

    // Behind these a description speaks of something else.
    private static readonly WordSet Relations = new("""
        of in on by at from for to into under behind beside near like as than who whose whom that which where when while because but if was were is are had has
        her his their its my your our she he they him them
        """);

    private static readonly WordSet Deeds = new("""
        turned smiled nodded grinned laughed paused hesitated blinked frowned shrugged waited stopped sighed winced stiffened straightened froze leaned leant looked
        sat stood rose shivered trembled scowled glared
        """);

    private static readonly WordSet Ways = new("up down back around round away forward again as well too once more still there on out aside");

    /// <summary>What somebody does that is done to nobody: <c>turned away</c>, <c>said softly</c>.</summary>
    private static int BehindDeed(ProseSentence sentence, int at)
    {
        if (!sentence.Is(at, Deeds) && !sentence.Is(at, SaysBefore))
        {
            return at;
        }

        at++;
        while (sentence.Is(at, Ways) || (sentence.Kind(at) == TokenKind.Word && sentence.Text(at) is { Length: > 4 } word && word.EndsWith("ly", StringComparison.OrdinalIgnoreCase)))
        {
            at++;
        }

        return at;
    }

    /// <summary><c>Ada was a small woman with a sharp nose and brown eyes</c>, <c>Ada, a nurse of thirty with brown eyes,</c>: a list of what somebody has.</summary>
    private static ColourPhrase? Described(ProseSentence sentence, int name, ColouredPart part)
    {
        var isApposed = sentence.IsMark(name + 1, ',');
        if (!isApposed && !(sentence.Is(name + 1, Be) && Subjects.IsSubject(sentence, name)))
        {
            return null;
        }

        var at = name + 2;
        if (!sentence.Is(at, "a") && !sentence.Is(at, "an") && !(sentence.Is(at, "of") && sentence.Is(at + 2, "height")))
        {
            return null;
        }

        var limit = Math.Min(sentence.Count, at + FurthestDescription);
        while (at < limit && !sentence.Is(at, "with"))
        {
            // The age and the height are part of the description; what else is "of" something is another thing.
            var isNumber = sentence.Is(at, "of") && (SpelledNumber.Read(sentence, at + 1) is not null || sentence.Is(at + 2, "height"));
            if (sentence.Kind(at) is TokenKind.Name or TokenKind.Speech or TokenKind.Possessive || (!isNumber && sentence.Is(at, Relations)) || (sentence.Kind(at) == TokenKind.Mark && !sentence.IsMark(at, ',')))
            {
                return null;
            }

            at++;
        }

        for (var first = at + 1; sentence.Is(at, "with") && first < limit; first++)
        {
            if (sentence.Kind(first) is TokenKind.Name or TokenKind.Speech or TokenKind.Possessive || sentence.Is(first, Relations) || (sentence.Kind(first) == TokenKind.Mark && !sentence.IsMark(first, ',')))
            {
                return null;
            }

            var item = sentence.Is(first, "with") || sentence.Is(first, Articles) ? first + 1 : first;
            if ((first == at + 1 || sentence.IsMark(first - 1, ',') || sentence.Is(first - 1, "and")) && Noun(sentence, item, part) is { } noun && IsNow(sentence, name, noun.Colour))
            {
                return noun.Colour;
            }
        }

        return null;
    }
}
