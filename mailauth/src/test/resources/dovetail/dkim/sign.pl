# Signs every message of a folder with Mail::DKIM, in every way that it knows: one file each.
use strict;
use warnings;
use Mail::DKIM::Signer;
use Mail::DKIM::Signature;

my ($folder) = @ARGV;
for my $file (glob("$folder/*.msg")) {
    open(my $in, '<:raw', $file) or die $!;
    my $message = do { local $/; <$in> };
    for my $method (qw(simple/simple simple/relaxed relaxed/simple relaxed/relaxed)) {
        for my $full (0, 1) {
            my $policy = sub {
                my $signer = shift;
                $signer->add_signature(
                    Mail::DKIM::Signature->new(
                        Algorithm => 'rsa-sha256',
                        Method    => $method,
                        Headers   => $signer->headers . ($full ? ':from:to:x-absent' : ''),
                        Domain    => 'example.com',
                        Selector  => 'r1',
                        $full
                        ? (Identity   => 'someone@example.com',
                           Timestamp  => 1_600_000_000,
                           Expiration => 4_000_000_000)
                        : (),
                    ));
                return;
            };
            my $signer = Mail::DKIM::Signer->new(Policy => $policy, KeyFile => "$folder/rsa.pem");
            $signer->PRINT($message);
            $signer->CLOSE;
            my $field = $signer->signature->as_string;
            $field =~ s/\015?\012/\015\012/g;
            (my $way = $method) =~ s{/}{-};
            open(my $out, '>:raw', "$file-$way-$full.signed") or die $!;
            print $out "$field\015\012$message";
            close($out);
        }
    }
}
