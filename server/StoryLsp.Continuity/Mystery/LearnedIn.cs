using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Effects;

namespace StoryLsp.Continuity.Mystery;

/// <summary>The scenes in which somebody learns a fact, in the order of reading.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Who">Who learns it; null for anybody.</param>
internal sealed record LearnedIn(ContainerKey Fact, ContainerKey? Who) : Question
{
    public override object? Ask(StoryWorld world) =>
        new KeyList([.. world.Narrative.Scenes(world.Snapshot).Where(scene => IsLearnedIn(world, scene)).Select(scene => scene.Key)]);

    private bool IsLearnedIn(StoryWorld world, Container scene)
    {
        if (scene.Fact.Field("effects") is not { Known: true } effects)
        {
            return false;
        }

        foreach (var effect in EffectReader.Effects(effects.Value).Where(effect => effect.Verb == EffectVerb.Learns))
        {
            if (effect.What is { } what && world.Snapshot.Resolve(what.Text, "fact", scene.Path).Container?.Key == Fact && IsHim(world, scene, effect.Who))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsHim(StoryWorld world, Container scene, EffectName? name) =>
        Who is null || Who == (name is null ? world.Find(scene.Key)?.One("pov")?.Target : world.Snapshot.Resolve(name.Text, "character", scene.Path).Container?.Key);
}
