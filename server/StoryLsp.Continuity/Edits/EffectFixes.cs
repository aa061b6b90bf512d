using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Edits;

/// <summary>Fixes that add an effect to a scene.</summary>
internal static class EffectFixes
{
    // How many scenes before one are looked at for a place.
    private const int MostScenes = 200;

    /// <summary>The container of a key; null when there is none.</summary>
    public static Container? Find(Snapshot snapshot, ContainerKey key) => snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index);

    /// <summary>The use that stands at a place of a scene.</summary>
    public static WrittenUse? UseAt(Snapshot snapshot, Container scene, TextSpan span, Func<SourceEffects, IReadOnlyList<WrittenUse>> uses) =>
        StoryState.Of(snapshot).World.SourceOf(scene.Key) is { } effects ? uses(effects).FirstOrDefault(use => use.WhatSpan == span) : null;

    /// <summary>The nearest scene that the reader meets before one, that is not known to happen after it, and that is fit for it; null when there is none.</summary>
    public static StoryContainer? SceneBefore(StoryReading story, StoryContainer scene, Func<StoryContainer, bool> isFit)
    {
        if (story.NarrativePosition(scene.Key) is not { } position)
        {
            return null;
        }

        foreach (var key in story.ScenesInOrder().Take(position).Reverse().Take(MostScenes))
        {
            if (story.Find(key) is { } earlier && earlier.Timeline != SceneTimeline.Dream && story.ProofOf(Cast.At(scene), Cast.At(earlier)) is null && isFit(earlier))
            {
                return earlier;
            }
        }

        return null;
    }

    /// <summary>Adds an effect of which every role names a container.</summary>
    public static WorkspaceChange? Add(Snapshot snapshot, Container scene, string verb, (string Role, Container Container) who, (string Role, Container Container) what) =>
        Add(snapshot, scene, verb, who, what.Role, Name(snapshot, what.Container));

    /// <summary>Adds the effect that an item changes hands.</summary>
    public static WorkspaceChange? AddGift(Snapshot snapshot, Container scene, Container giver, Container item, Container taker)
    {
        var (who, what, to) = (Name(snapshot, giver), Name(snapshot, item), Name(snapshot, taker));
        return AddText(snapshot, scene, IsWord(who) && IsWord(what) && IsWord(to)
            ? $"{who} gives {what} to {to}"
            : $"{{gives: {{who: {YamlText.Scalar(who)}, item: {YamlText.Scalar(what)}, to: {YamlText.Scalar(to)}}}}}");
    }

    /// <summary>Adds an effect: as a line where every name is one word, else as a mapping.</summary>
    public static WorkspaceChange? Add(Snapshot snapshot, Container scene, string verb, (string Role, Container Container) who, string role, string what)
    {
        var name = Name(snapshot, who.Container);
        var item = IsWord(name) && IsWord(what) && verb != "heals" ? $"{name} {verb} {what}"
            : $"{{{verb}: {{{who.Role}: {YamlText.Scalar(name)}, {role}: {YamlText.Scalar(what)}}}}}";
        return AddText(snapshot, scene, item);
    }

    private static WorkspaceChange? AddText(Snapshot snapshot, Container scene, string item) =>
        snapshot.Document(scene.Path) is { } document && FieldEdits.AddToList(snapshot, document, scene.Fact, "effects", item) is { } edit
            ? WorkspaceChange.Edit(scene.Path, edit)
            : null;

    // A written id means one thing; a derived one may mean a file of the same name.
    private static string Name(Snapshot snapshot, Container container) =>
        container.Fact.IdIsWritten || !snapshot.Named(container.Name).Any(named => named.Container.IsSameAs(container)) ? snapshot.IdOf(container) : container.Name;

    private static bool IsWord(string name) => name.All(unit => char.IsLetterOrDigit(unit) || unit is '-' or '_');
}
