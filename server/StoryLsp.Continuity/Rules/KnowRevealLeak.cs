using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>know/reveal-leak</c></summary>
internal sealed class KnowRevealLeak : StoryRule
{
    public override string Code => "know/reveal-leak";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "Words that give a fact away stand in a scene before the reader may learn it.";

    public override string Documentation => """
        A fact that is kept from the reader says until when, and which words would give it away:

        ```yaml
        type: fact
        name: The forged will
        statement: Lyman forged the will.
        secret_until: reading
        terms: [forgery, forged will]
        ```

        None of the `terms`, and not the `statement` word for word, may stand in the title or the text of a scene that is read before *reading*. Whole words
        count, in any case, with the ending of a possessive; comments and fields other than the title do not. Cut the words, say it otherwise, or let the
        secret end earlier.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        var scenes = story.In(document.Path, "scene").ToList();
        if (scenes.Count == 0 || (GuardedWords)story.Ask(new WordsGuarded())! is not { IsEmpty: false } words || story.Snapshot.Text(document.Path) is not { } text ||
            text.Length != document.Lines.TextLength)
        {
            return;
        }

        var bodies = document.Prose.ToLookup(prose => prose.Container, prose => prose.Span);
        foreach (var scene in scenes)
        {
            foreach (var (word, span) in Parts(scene, bodies[scene.Fact.Index].ToList(), text.Text).SelectMany(part => words.In(text.Text, part)).Distinct())
            {
                if (story.IsReadBefore(scene.Key, word.Until) && story.Find(word.Fact) is { } fact && story.Find(word.Until) is { } reveal && PlaceOf(fact, word) is { } place)
                {
                    report(new(Code, Severity, span,
                        $"`{text.Slice(span).ReplaceLineEndings(" ")}` gives away *{fact.Name}*, which the reader is not to learn before {Wording.Title(story, reveal)}. Say it otherwise, or let the secret end earlier.")
                    {
                        Related =
                        [
                            fact.Place(place, word.Field == "terms" ? $"These words give *{fact.Name}* away." : $"What *{fact.Name}* says."),
                            fact.Place(fact.Field("secret_until")!.Value.Span, "How long it is kept from the reader."),
                        ],
                    });
                }
            }
        }
    }

    /// <summary>The title and the prose of a scene. A heading that repeats the title is one fault with it.</summary>
    private static IEnumerable<TextSpan> Parts(StoryContainer scene, List<TextSpan> body, string text)
    {
        var title = scene.Fact.NameSpan is { } name && !body.Exists(span => span.Contains(name)) ? name : (TextSpan?)null;
        if (title is { } own)
        {
            yield return own;
        }

        foreach (var span in body)
        {
            if (title is null || !text.AsSpan(span.Start, span.Length).Trim().SequenceEqual(scene.Name))
            {
                yield return span;
            }
        }
    }

    private static TextSpan? PlaceOf(StoryContainer fact, GuardedWord word) => fact.Field(word.Field)?.Value is not { } value ? null
        : value.Resolve() is YamlSequence list ? list.Items.FirstOrDefault(item => item.AsText()?.Trim().Equals(word.Text, StringComparison.OrdinalIgnoreCase) == true)?.Span ?? value.Span
        : value.Span;

    /// <summary>The words of all secrets; the same object for as long as no fact changes.</summary>
    private sealed record WordsGuarded : Question
    {
        public override object? Ask(StoryWorld world) => GuardedWords.Of(world.Snapshot);
    }
}
