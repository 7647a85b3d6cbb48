# Signs with Mail::DKIM: foreign.pl FOLDER PAIR IN OUT writes each message of IN to OUT with a signature above it.
# FOLDER holds the key rsa.pem; PAIR is the canonicalization, such as relaxed/simple. The domain is foreign.example.
use strict;
use warnings;
use Mail::DKIM::Signer;

my ($keys, $pair, $in, $out) = @ARGV;

for my $file (glob "$in/*.eml") {
    open my $source, '<:raw', $file or die "$file: $!\n";
    my $message = do { local $/; <$source> };
    my $signer = Mail::DKIM::Signer->new(
        Algorithm => 'rsa-sha256',
        Method    => $pair,
        Domain    => 'foreign.example',
        Selector  => 'perl',
        KeyFile   => "$keys/rsa.pem",
    );
    $signer->PRINT($message);
    $signer->CLOSE;
    my $field = $signer->signature->as_string;
    $field =~ s/\r?\n/\r\n/g;
    (my $name = $file) =~ s|.*/||;
    open my $target, '>:raw', "$out/$name" or die "$out/$name: $!\n";
    print $target "$field\r\n$message";
    close $target;
}
