using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>name/drift</c></summary>
internal sealed class NameDrift : StoryRule
{
    private const int FewestLetters = 5;

    public override string Code => "name/drift";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A word with a capital is one letter away from a part of a known name (two where both are long, or only accents), and is no word of the language.";

    public override string Documentation => """
        *Annabell* in chapter nine is *Annabel* in all others. A word with a capital of five letters or more, or of four beside another part of the same name, that is nearly
        one known name and stands in no dictionary is probably that name misspelled. It must be rarer than the name, begin alike, and stand nowhere in small letters; a name
        that everybody knows (Helena for your Helene) counts only beside another part of the same name. Replace it, write it among
        the `aliases` if it is meant, or put it under `names: {ignore: [Annabell]}` in `story.yaml` if it is somebody else.

        The dictionary is English. In prose of any other language, whatever `language` in `story.yaml` says, only a word beside another part of the same name counts (*Rodion
        Raskolnikow*), and with `language: de` nothing does, for there every noun has a capital.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (document.Words.Capitals.Count == 0)
        {
            return;
        }

        var drifted = ((DriftedWords)story.Ask(new DriftedWordsIn(document.Path))!).Words;
        if (drifted.Count == 0 || story.Snapshot.Text(document.Path) is not { } text || text.Length != document.Lines.TextLength)
        {
            return;
        }

        var parts = NameParts.Of(story.Snapshot);
        foreach (var (word, part) in drifted)
        {
            foreach (var place in WordPlaces.Of(text.Text, document, word))
            {
                var beside = Beside(text.Text, document, place, parts, part);
                if (beside == Neighbour.Same || (beside == Neighbour.None && word.Length >= FewestLetters && !IsNameOfItsOwn(word, part) && WordPlaces.IsEnglishAround(text.Text, document, place)))
                {
                    Report(story, word, part, place, report);
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var word = document.Text.Slice(finding.Span);
        if (NameParts.Of(snapshot).NearestTo(word) is not { } part)
        {
            yield break;
        }

        yield return new($"Replace with {part.Text}", WorkspaceChange.Edit(document.Path, new TextEdit(finding.Span, part.Text)), IsPreferred: true);
        foreach (var key in part.Owners)
        {
            if (part.Owners.Count == 1 && snapshot.Document(key.Path) is { } owner && owner.Facts.Containers.ElementAtOrDefault(key.Index) is { } container &&
                FieldEdits.AddToList(snapshot, owner, container, "aliases", YamlText.Scalar(word)) is { } edit)
            {
                yield return new($"Add `{word}` to the aliases of {container.Name}", WorkspaceChange.Edit(key.Path, edit));
            }
        }

        if (IgnoredNames.Add(snapshot, word) is { } ignore)
        {
            yield return new($"Ignore `{word}` in `story.yaml`", ignore);
        }
    }

    private void Report(StoryReading story, string word, NamePart part, TextSpan place, Action<Finding> report)
    {
        if (story.Find(part.Owner) is not { } owner)
        {
            return;
        }

        var whose = part.Text == owner.Name ? part.Text : $"the {part.Text} of {owner.Name}";
        report(new(Code, Severity, place,
            $"{word} is nearly {whose}, and is no other name or word that the story knows. Write {part.Text}, or add {word} to the aliases if it is meant.")
        {
            Related = part.Owners.Count == 1 ? [owner.Place(NamePlaceOf(owner, part.Text), $"The name as {owner.Name} is written.")] : [],
        });
    }

    // Helena is somebody else than Helene; Helène is not.
    private static bool IsNameOfItsOwn(string word, NamePart part) => WordList.Proper.Contains(word) && NameWords.Fold(word) != NameWords.Fold(part.Text);

    private static TextSpan NamePlaceOf(StoryContainer owner, string part)
    {
        var alias = owner.Fact.Aliases.FirstOrDefault(alias => alias.Text.Contains(part, StringComparison.OrdinalIgnoreCase));
        return owner.Name.Contains(part, StringComparison.OrdinalIgnoreCase) || alias is null ? owner.Fact.NameSpan ?? owner.Fact.SelectionSpan : alias.Span;
    }

    // Ada Vain is Ada Vane; Marie Curie is not our Maria.
    private static Neighbour Beside(string text, DocumentFacts document, TextSpan place, NameParts parts, NamePart part)
    {
        var result = Neighbour.None;
        foreach (var neighbour in WordPlaces.Neighbours(text, document, place))
        {
            var word = text.AsSpan(neighbour.Start, neighbour.Length);
            if (!char.IsUpper(word[0]))
            {
                continue;
            }

            if (parts.IsBeside(word, part))
            {
                return Neighbour.Same;
            }

            if (word.Length > 1 && !WordList.IsEnglish(word) && !NameWords.IsTitle(word))
            {
                result = Neighbour.Other;
            }
        }

        return result;
    }

    private enum Neighbour
    {
        None,
        Same,
        Other,
    }
}
