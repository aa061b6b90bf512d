using static StoryLsp.Testing.Worlds.Faults.Editing;

namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>What a prompt says that no model may read.</summary>
internal static class SecretFaults
{
    private const string Trick = "The third stair is hollow, and holds what the notary never found.";
    private const string Word = "Tantalus";

    public static IEnumerable<RuleFaults> All() =>
    [
        new RuleFaults("secret/in-prompt")
            .Fault("pasted whole", world => Prompt(world, Mark(Trick)))
            .Fault("four words of it, in other letters", world => Prompt(world, "Somebody says: " + Mark("WHAT THE NOTARY NEVER") + " wrote down."))
            .Fault("over two lines", world => Prompt(world, "It is there that " + Mark("the notary\nnever found") + " it."))
            .Fault("one word", world => Prompt(world, "The lock opens with " + Mark(Word) + "."))
            .Decoy("other words", world => Prompt(world, "The stair is the third one, and what the man said was never true."))
            .Decoy("a note that is no prompt", world =>
            {
                Prompt(world, "Tell the scene.");
                world.Extra.Add(new("notes/stairs.md", Trick + "\n"));
            }),
    ];

    private static void Prompt(World world, string text)
    {
        world.Extra.Add(new("schemas/cache.yaml", "schema: cache\nextends: entity\nfields:\n  trick: {type: text, secret: true}\n  words: {type: list, of: {type: string, secret: true}}\n"));
        world.Extra.Add(new("world/stair.yaml", $"type: cache\nid: third-stair\nname: Under the stair\ntrick: \"{Trick}\"\nwords: [{Word}]\n"));
        world.Extra.Add(new($".story/runs/{world.Dice.Between(1, 90)}/prompt.md", "Write the scene in 300 words.\n\n" + text + "\n"));
    }
}
